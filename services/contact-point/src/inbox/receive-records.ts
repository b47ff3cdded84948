import { audienceOf, type DeliveryReceipt, type RefusalCode } from '@liaison/contracts';
import type { DirectoryIndex } from '@liaison/directory';
import type { IncomingRecord } from '@liaison/exchange';
import type { Database, Queryable } from '@liaison/postgres';
import { signMessage, type PrivateJwk, type SigningKey } from '@liaison/seal';
import { CodedError, formatUtc, type Clock, type Log, type NewId, type ReachPoint } from '@liaison/service';
import { insertDispatch, readDispatchDigest } from '../store/dispatches.ts';
import { applyHubReceipt, insertParcel, queueReceipt, readReceipt } from '../store/parcels.ts';
import { recordSecurityEvent } from '../store/security-events.ts';
import {
  openParcel,
  openReceipt,
  type OpenDeps,
  type OpenedMessage,
  type OpenedParcel,
} from './open-parcel.ts';

/** What receiving needs. */
export interface ReceiveDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
  readonly reach: ReachPoint;
  readonly selfId: string;
  /** The directory, while it has not expired. */
  readonly currentDirectory: () => DirectoryIndex | null;
  readonly privateKeys: (kid: string) => PrivateJwk | undefined;
  readonly signingKey: () => SigningKey;
  readonly onReceipts: () => void;
}

type Entry = DeliveryReceipt['entries'][number];

/** What a record is: a parcel, or the hub's receipt for one of ours. */
type OpenedRecord =
  | { readonly kind: 'parcel'; readonly parcel: OpenedParcel }
  | { readonly kind: 'receipt'; readonly receipt: DeliveryReceipt }
  | { readonly kind: 'refused' };

async function openRecord(record: IncomingRecord, deps: OpenDeps): Promise<OpenedRecord> {
  const dots = record.value.reduce((count, byte) => count + Number(byte === 0x2e), 0);
  if (dots !== 2) return { kind: 'parcel', parcel: await openParcel(record.value, deps) };
  const receipt = await openReceipt(record.value, deps);
  return receipt === null ? { kind: 'refused' } : { kind: 'receipt', receipt };
}

/** Stores a message once: the same id with another payload is a security event, not a duplicate. */
async function storeMessage(tx: Queryable, message: OpenedMessage, deps: ReceiveDeps): Promise<Entry[]> {
  const refuse = async (code: RefusalCode): Promise<Entry[]> => {
    await recordSecurityEvent(tx, { code, subjectId: message.id }, deps);
    return message.id === null
      ? []
      : [{ dispatchId: message.id, digest: message.digest, outcome: 'refused', code }];
  };
  if (message.kind === 'refused') return refuse(message.code);
  const inserted = await insertDispatch(tx, message, deps.clock.nowMs());
  if (!inserted && (await readDispatchDigest(tx, message.id)) !== message.digest) return refuse('id-reused');
  return [{ dispatchId: message.id, digest: message.digest, outcome: 'accepted', code: null }];
}

async function signReceipt(
  receipt: Omit<DeliveryReceipt, 'schemaVersion' | 'receivedAt'>,
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

/** Stores a parcel's messages and queues one receipt for it; a parcel that came before gets its first receipt again. */
async function storeParcel(
  tx: Queryable,
  parcel: OpenedParcel,
  context: { readonly directory: DirectoryIndex; readonly deps: ReceiveDeps },
): Promise<void> {
  const { directory, deps } = context;
  const { digest } = parcel;
  const nowMs = deps.clock.nowMs();
  if ((await readReceipt(tx, digest)) === null) {
    const entries: Entry[] = [];
    if (parcel.kind === 'parcel') {
      for (const message of parcel.messages) entries.push(...(await storeMessage(tx, message, deps)));
    } else await recordSecurityEvent(tx, { code: parcel.code, subjectId: digest }, deps);
    const parcelId = parcel.kind === 'parcel' ? parcel.parcelId : null;
    const outcome =
      parcel.kind === 'parcel'
        ? ({ outcome: 'opened', code: null } as const)
        : ({ outcome: 'refused', code: parcel.code } as const);
    const receipt = await signReceipt(
      { parcelId, parcelDigest: digest, ...outcome, entries },
      directory,
      deps,
    );
    await insertParcel(tx, { digest, parcelId, receipt, nowMs });
  }
  await queueReceipt(tx, digest, nowMs);
}

/**
 * Receives records from the hub: opens all of a batch first, then stores them in one transaction with the receipts that
 * will be sent. The exchange commits its offset after that, so a batch that comes again finds itself stored.
 * @throws CodedError `directory-expired`: the batch waits for a new directory and is not refused for it.
 */
export async function receiveRecords(records: readonly IncomingRecord[], deps: ReceiveDeps): Promise<void> {
  const directory = deps.currentDirectory();
  if (directory === null) throw new CodedError('directory-expired', 'Records wait for a new directory.');
  const { selfId, privateKeys } = deps;
  const opened: OpenedRecord[] = [];
  for (const record of records) {
    opened.push(await openRecord(record, { directory, nowMs: deps.clock.nowMs(), selfId, privateKeys }));
  }
  await deps.database.transaction(async (tx) => {
    for (const record of opened) {
      if (record.kind === 'parcel') await storeParcel(tx, record.parcel, { directory, deps });
      else if (record.kind === 'receipt') await applyHubReceipt(tx, record.receipt);
      else await recordSecurityEvent(tx, { code: 'receipt-refused', subjectId: null }, deps);
    }
  });
  await deps.reach('inbox:committed');
  deps.onReceipts();
}
