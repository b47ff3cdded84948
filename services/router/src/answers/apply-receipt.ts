import type { DeliveryReceipt, RefusalCode } from '@liaison/contracts';
import type { PreparedEvent } from '@liaison/hub-database';
import type { Queryable } from '@liaison/postgres';
import { raiseAlarm, type AlarmCode } from '../store/alarms.ts';
import { parkDispatches, postponeDispatches } from '../store/outgoing.ts';
import {
  lockDispatches,
  markReceipted,
  readSentParcels,
  type LockedDispatch,
  type SentParcel,
} from '../store/receipts.ts';
import type { ApplyDeps } from './apply-deps.ts';

type Entry = DeliveryReceipt['entries'][number] & { readonly dispatchId: string };

/** After so many parcels that could not be opened, the same bytes once more would only be refused again. */
const maxUndecryptable = 3;
const repackAfterMs = 1_000;

/** What is done about a refusal: tried again under the current key, or parked until the directory says otherwise. */
const actionOf: Readonly<
  Record<RefusalCode, { readonly action: 'repack' | 'park'; readonly alarm: AlarmCode }>
> = {
  undecryptable: { action: 'repack', alarm: 'dispatchUndecryptable' },
  'parcel-malformed': { action: 'repack', alarm: 'dispatchUndecryptable' },
  'version-unknown': { action: 'park', alarm: 'dispatchParked' },
  'kind-unknown': { action: 'park', alarm: 'dispatchParked' },
  'schema-invalid': { action: 'park', alarm: 'dispatchParked' },
  'in-reply-to-unknown': { action: 'park', alarm: 'dispatchParked' },
  'jws-malformed': { action: 'park', alarm: 'dispatchSignatureRefused' },
  'signature-invalid': { action: 'park', alarm: 'dispatchSignatureRefused' },
  'key-unknown': { action: 'park', alarm: 'dispatchSignatureRefused' },
  'key-not-valid': { action: 'park', alarm: 'dispatchSignatureRefused' },
  'audience-wrong': { action: 'park', alarm: 'dispatchSignatureRefused' },
  'id-reused': { action: 'park', alarm: 'dispatchSignatureRefused' },
};

function isRefusalCode(code: string): code is RefusalCode {
  return code in actionOf;
}

async function prepareEvent(
  dispatch: LockedDispatch,
  made: {
    type: 'dispatchReceipted' | 'dispatchRefused' | 'dispatchParked';
    code: string | null;
    receiptDigest: string;
  },
  deps: ApplyDeps,
): Promise<PreparedEvent> {
  const state =
    made.type === 'dispatchReceipted' ? 'receipted' : made.type === 'dispatchParked' ? 'parked' : 'refused';
  return deps.events.prepare({
    type: made.type,
    atMs: deps.clock.nowMs(),
    subjectId: dispatch.id,
    actorId: dispatch.addresseeId,
    facts: {
      kind: dispatch.kind,
      sender: deps.hubId,
      addressee: dispatch.addresseeId,
      referralId: dispatch.referralId,
      state,
      ...(made.code === null ? {} : { codes: [made.code] }),
    },
    details: { payloadDigest: dispatch.digest, receiptDigest: made.receiptDigest },
    referralId: dispatch.referralId,
    audience: null,
  });
}

async function refuseDispatch(
  tx: Queryable,
  dispatch: LockedDispatch,
  refusal: { readonly code: string; readonly receiptDigest: string; readonly deps: ApplyDeps },
): Promise<PreparedEvent[]> {
  const { code, receiptDigest, deps } = refusal;
  const rule = isRefusalCode(code) ? actionOf[code] : ({ action: 'park', alarm: 'dispatchParked' } as const);
  const repack = rule.action === 'repack' && dispatch.attempts < maxUndecryptable;
  if (repack) await postponeSent(tx, dispatch.id, deps);
  else await parkDispatches(tx, [dispatch.id], { code, nowMs: deps.clock.nowMs() });
  await raiseAlarm(
    tx,
    { code: rule.alarm, participantId: dispatch.addresseeId, subjectId: dispatch.id },
    deps,
  );
  const refused = await prepareEvent(dispatch, { type: 'dispatchRefused', code, receiptDigest }, deps);
  if (repack) return [refused];
  return [refused, await prepareEvent(dispatch, { type: 'dispatchParked', code, receiptDigest }, deps)];
}

/** The same signed bytes travel again, in a new parcel to the key that is current then. */
async function postponeSent(tx: Queryable, dispatchId: string, deps: ApplyDeps): Promise<void> {
  await tx.query(`update hub.dispatch set state = 'sending' where id = $1 and state = 'sent'`, [dispatchId]);
  await postponeDispatches(tx, [dispatchId], deps.clock.nowMs() + repackAfterMs);
}

/** A delivery receipt that has been verified. */
export interface Receipted {
  readonly from: string;
  readonly receipt: DeliveryReceipt;
  readonly digest: string;
}

/** What one receipt says of one dispatch. */
interface Statement {
  readonly from: string;
  readonly receiptDigest: string;
  readonly entry: Entry;
}

/** What a receipt says, of its entries or of all of a parcel that could not be opened; null where it knows too much. */
function statementsOf(
  { from, receipt, digest }: Receipted,
  parcel: SentParcel | undefined,
): Statement[] | null {
  if (parcel === undefined || parcel.addresseeId !== from) return null;
  const known = parcel.dispatchIds;
  const entries: Entry[] =
    receipt.outcome === 'refused'
      ? known.map((dispatchId) => ({ dispatchId, digest: null, outcome: 'refused', code: receipt.code }))
      : receipt.entries.flatMap((entry) =>
          'dispatchId' in entry && known.includes(entry.dispatchId) ? [entry] : [],
        );
  return entries.map((entry) => ({ from, receiptDigest: digest, entry }));
}

async function readStatements(
  tx: Queryable,
  receipts: readonly Receipted[],
  deps: ApplyDeps,
): Promise<Statement[]> {
  const parcels = await readSentParcels(
    tx,
    receipts.map(({ receipt }) => receipt.parcelDigest),
  );
  const statements: Statement[] = [];
  for (const receipted of receipts) {
    const { parcelDigest } = receipted.receipt;
    const said = statementsOf(receipted, parcels.get(parcelDigest));
    if (said === null) await raiseOtherBytes(tx, { from: receipted.from, subjectId: parcelDigest }, deps);
    else statements.push(...said);
  }
  return statements;
}

async function raiseOtherBytes(
  tx: Queryable,
  about: { readonly from: string; readonly subjectId: string },
  deps: ApplyDeps,
): Promise<void> {
  const { from, subjectId } = about;
  await raiseAlarm(tx, { code: 'receiptForOtherBytes', participantId: from, subjectId }, deps);
}

/**
 * Applies delivery receipts: what was taken is receipted; what was refused is packed again or parked, by its code. A
 * receipt for bytes that were never sent changes nothing but raises an alarm.
 */
export async function applyReceipts(
  tx: Queryable,
  receipts: readonly Receipted[],
  deps: ApplyDeps,
): Promise<PreparedEvent[]> {
  if (receipts.length === 0) return [];
  const statements = await readStatements(tx, receipts, deps);
  const dispatches = await lockDispatches(
    tx,
    statements.map(({ entry }) => entry.dispatchId),
  );
  const events: PreparedEvent[] = [];
  const taken = new Set<string>();
  for (const { from, receiptDigest, entry } of statements) {
    const dispatch = dispatches.get(entry.dispatchId);
    // A positive receipt has the last word: whatever comes after it was sent before it.
    const isOver =
      dispatch?.state === 'receipted' || dispatch?.state === 'cancelled' || taken.has(entry.dispatchId);
    if (dispatch === undefined || isOver) continue;
    if (entry.outcome === 'refused') {
      const refusal = { code: entry.code ?? 'undecryptable', receiptDigest, deps };
      events.push(...(await refuseDispatch(tx, dispatch, refusal)));
    } else if (entry.digest === dispatch.digest) {
      taken.add(dispatch.id);
      events.push(
        await prepareEvent(dispatch, { type: 'dispatchReceipted', code: null, receiptDigest }, deps),
      );
    } else await raiseOtherBytes(tx, { from, subjectId: dispatch.id }, deps);
  }
  const parcels = receipts.map(({ receipt }) => ({ digest: receipt.parcelDigest, code: receipt.code }));
  await markReceipted(tx, { taken: [...taken], parcels, nowMs: deps.clock.nowMs() });
  return events;
}
