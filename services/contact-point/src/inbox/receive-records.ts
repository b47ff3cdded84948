import { audienceOf, type DeliveryReceipt } from '@liaison/contracts';
import type { DirectoryIndex } from '@liaison/directory';
import type { IncomingRecord } from '@liaison/exchange';
import { insertRows, type Database, type Queryable } from '@liaison/postgres';
import { compactKindOf, signMessage, type PrivateJwk, type SigningKey } from '@liaison/seal';
import { CodedError, formatUtc, type Log, type NewId, type ReachPoint } from '@liaison/service';
import { dispatchRows } from '../store/dispatches.ts';
import { applyHubReceipt, parcelRows, readKnown, type NewParcel } from '../store/parcels.ts';
import { securityEventRows, type SecurityEvent } from '../store/security-events.ts';
import type { ReceiptToSend } from '../store/outgoing.ts';
import { judgeParcel, type JudgedParcel } from './judge-parcel.ts';
import { traceReceipted, traceStored, type TraceDeps } from './trace-inbox.ts';
import {
  openParcel,
  openReceipt,
  type OpenDeps,
  type OpenedDispatch,
  type OpenedParcel,
} from './open-parcel.ts';

/** What receiving needs. */
export interface ReceiveDeps extends TraceDeps {
  readonly database: Database;
  readonly newId: NewId;
  readonly log: Log;
  readonly countSecurityEvent: (code: string) => void;
  readonly reach: ReachPoint;
  readonly selfId: string;
  /** The directory, while it has not expired. */
  readonly currentDirectory: () => DirectoryIndex | null;
  /** Fetches the newest directory now. */
  readonly refreshDirectory: () => Promise<void>;
  readonly privateKeys: (kid: string) => PrivateJwk | undefined;
  readonly signingKey: () => SigningKey;
  /** Sends receipts now; what fails is sent by the outbox later. */
  readonly sendReceipts: (receipts: readonly ReceiptToSend[]) => Promise<void>;
}

/** For so long the sender of fresh receipts is trusted to send them; then the outbox does. */
const receiptLeaseMs = 5_000;

/** What a record is: a parcel, or the hub's receipt for one of ours. */
type OpenedRecord =
  | { readonly kind: 'parcel'; readonly parcel: OpenedParcel }
  | { readonly kind: 'receipt'; readonly receipt: DeliveryReceipt }
  | { readonly kind: 'refused' };

async function openRecord(record: IncomingRecord, deps: OpenDeps): Promise<OpenedRecord> {
  if (compactKindOf(record.value) !== 'jws')
    return { kind: 'parcel', parcel: await openParcel(record.value, deps) };
  const receipt = await openReceipt(record.value, deps);
  return receipt === null ? { kind: 'refused' } : { kind: 'receipt', receipt };
}

function requireDirectory(deps: ReceiveDeps): DirectoryIndex {
  const directory = deps.currentDirectory();
  if (directory !== null) return directory;
  throw new CodedError('directory-expired', 'Records wait for a new directory.');
}

async function openRecords(
  records: readonly IncomingRecord[],
  directory: DirectoryIndex,
  deps: ReceiveDeps,
): Promise<OpenedRecord[]> {
  const { selfId, privateKeys } = deps;
  const opened: OpenedRecord[] = [];
  for (const record of records) {
    opened.push(await openRecord(record, { directory, nowMs: deps.clock.nowMs(), selfId, privateKeys }));
  }
  return opened;
}

function needsNewerDirectory(record: OpenedRecord): boolean {
  if (record.kind !== 'parcel' || record.parcel.kind !== 'parcel') return false;
  return record.parcel.messages.some((message) => message.kind === 'refused' && message.isOutdated);
}

async function signReceipt(
  receipt: JudgedParcel['receipt'],
  directory: DirectoryIndex,
  deps: ReceiveDeps,
): Promise<string> {
  const { hub, instance } = directory.document;
  const nowMs = deps.clock.nowMs();
  const payload: DeliveryReceipt = { schemaVersion: '1.0', receivedAt: formatUtc(nowMs), ...receipt };
  const { jws } = await signMessage(
    {
      typ: 'delivery-receipt+jws',
      issuer: deps.selfId,
      audience: audienceOf(instance, hub),
      id: deps.newId(),
      issuedAtMs: nowMs,
      payload,
    },
    deps.signingKey(),
  );
  return jws;
}

/** Stores new parcels with one statement. @returns the receipts to send: theirs, and those of parcels that came before. */
async function storeParcels(
  tx: Queryable,
  parcels: readonly OpenedParcel[],
  context: {
    readonly directory: DirectoryIndex;
    readonly deps: ReceiveDeps;
    readonly security: SecurityEvent[];
  },
): Promise<ReceiptToSend[]> {
  const { directory, deps, security } = context;
  const known = await readKnown(tx, {
    parcels: parcels.map(({ digest }) => digest),
    dispatches: parcels.flatMap((parcel) =>
      parcel.kind === 'parcel' ? parcel.messages.flatMap(({ id }) => id ?? []) : [],
    ),
  });
  const dispatches = new Map(known.dispatches);
  const receipts = new Map(known.receipts);
  const fresh: NewParcel[] = [];
  const stored: OpenedDispatch[] = [];
  for (const parcel of parcels) {
    if (receipts.has(parcel.digest)) continue;
    const judged = judgeParcel(parcel, dispatches);
    const receipt = await signReceipt(judged.receipt, directory, deps);
    receipts.set(parcel.digest, receipt);
    fresh.push({ digest: parcel.digest, parcelId: judged.receipt.parcelId, receipt });
    stored.push(...judged.stored);
    security.push(...judged.security);
  }
  const nowMs = deps.clock.nowMs();
  await insertRows(tx, [
    dispatchRows(stored, nowMs),
    ...parcelRows(fresh, { nowMs, leaseMs: receiptLeaseMs }),
    securityEventRows(security, deps),
  ]);
  return [...receipts].map(([parcelDigest, jws]) => ({ parcelDigest, jws }));
}

/**
 * Receives records from the hub: opens all of a batch first, then stores them in one transaction with the receipts that
 * are sent right after it. The exchange commits its offset after that, so a batch that comes again finds itself stored,
 * and its receipts are sent once more.
 * A sender that registered or rotated its key a moment ago stands in a newer directory than ours: that one is fetched
 * before anything is refused for it.
 * @throws CodedError `directory-expired`, `directory-unreachable`: the batch waits and is not refused for it.
 */
export async function receiveRecords(records: readonly IncomingRecord[], deps: ReceiveDeps): Promise<void> {
  const startMs = deps.clock.nowMs();
  let directory = requireDirectory(deps);
  let opened = await openRecords(records, directory, deps);
  if (opened.some(needsNewerDirectory)) {
    await deps.refreshDirectory();
    directory = requireDirectory(deps);
    opened = await openRecords(records, directory, deps);
  }
  const received = records.flatMap((record, place) => {
    const one = opened[place];
    return one?.kind === 'parcel' ? [{ record, parcel: one.parcel }] : [];
  });
  const parcels = received.map(({ parcel }) => parcel);
  const receipts = await deps.database.transaction(async (tx) => {
    const security = opened.flatMap(({ kind }) =>
      kind === 'refused' ? [{ code: 'receipt-refused', subjectId: null }] : [],
    );
    for (const one of opened) if (one.kind === 'receipt') await applyHubReceipt(tx, one.receipt);
    if (parcels.length > 0) return storeParcels(tx, parcels, { directory, deps, security });
    await insertRows(tx, [securityEventRows(security, deps)]);
    return [];
  });
  traceStored(received, startMs, deps);
  await deps.reach('inbox:committed');
  const committedMs = deps.clock.nowMs();
  await deps.sendReceipts(receipts);
  traceReceipted(received, committedMs, deps);
}
