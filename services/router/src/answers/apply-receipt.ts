import type { DeliveryReceipt, RefusalCode } from '@liaison/contracts';
import type { PreparedEvent } from '@liaison/hub-database';
import type { Queryable } from '@liaison/postgres';
import { raiseAlarm, type AlarmCode } from '../store/alarms.ts';
import { parkDispatches, postponeDispatches } from '../store/outgoing.ts';
import {
  lockDispatches,
  markReceipted,
  readParcelDispatches,
  recordParcelAnswer,
  type LockedDispatch,
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

interface Receipted {
  readonly from: string;
  readonly receipt: DeliveryReceipt;
  readonly digest: string;
}

/** Which dispatches a receipt speaks of: its entries, or all of a parcel that could not be opened. */
async function entriesOf(tx: Queryable, { from, receipt }: Receipted): Promise<readonly Entry[] | null> {
  const known = await readParcelDispatches(tx, receipt.parcelDigest, from);
  if (known === null) return null;
  if (receipt.outcome === 'refused') {
    return known.map((dispatchId) => ({ dispatchId, digest: null, outcome: 'refused', code: receipt.code }));
  }
  return receipt.entries.flatMap((entry) =>
    'dispatchId' in entry && known.includes(entry.dispatchId) ? [entry] : [],
  );
}

/**
 * Applies a delivery receipt: what was taken is receipted; what was refused is packed again or parked, by its code. A
 * receipt for bytes that were never sent changes nothing but raises an alarm.
 */
export async function applyReceipt(
  tx: Queryable,
  receipted: Receipted,
  deps: ApplyDeps,
): Promise<PreparedEvent[]> {
  const { from, receipt, digest: receiptDigest } = receipted;
  const alarm = { code: 'receiptForOtherBytes', participantId: from } as const;
  const entries = await entriesOf(tx, receipted);
  if (entries === null) {
    await raiseAlarm(tx, { ...alarm, subjectId: receipt.parcelDigest }, deps);
    return [];
  }
  const dispatches = await lockDispatches(
    tx,
    entries.map(({ dispatchId }) => dispatchId),
    from,
  );
  const events: PreparedEvent[] = [];
  const taken: LockedDispatch[] = [];
  for (const entry of entries) {
    const dispatch = dispatches.get(entry.dispatchId);
    // A positive receipt has the last word: whatever comes after it was sent before it.
    if (dispatch === undefined || dispatch.state === 'receipted' || dispatch.state === 'cancelled') continue;
    if (entry.outcome === 'refused') {
      const refusal = { code: entry.code ?? 'undecryptable', receiptDigest, deps };
      events.push(...(await refuseDispatch(tx, dispatch, refusal)));
    } else if (entry.digest === dispatch.digest) {
      taken.push(dispatch);
      events.push(
        await prepareEvent(dispatch, { type: 'dispatchReceipted', code: null, receiptDigest }, deps),
      );
    } else await raiseAlarm(tx, { ...alarm, subjectId: dispatch.id }, deps);
  }
  const nowMs = deps.clock.nowMs();
  await markReceipted(
    tx,
    taken.map(({ id }) => id),
    nowMs,
  );
  await recordParcelAnswer(tx, { digest: receipt.parcelDigest, code: receipt.code, nowMs });
  return events;
}
