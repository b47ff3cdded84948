import type { PreparedEvent } from '@liaison/hub-database';
import type { Queryable } from '@liaison/postgres';
import { clearAlarms, raiseAlarm } from '../store/alarms.ts';
import { parkDispatches, repackDispatches } from '../store/outgoing.ts';
import {
  lockDispatches,
  markReceipted,
  readSentParcels,
  type LockedDispatch,
  type SentParcel,
} from '../store/receipts.ts';
import type { ApplyDeps } from './apply-deps.ts';
import { judgeStatement } from './judge-statement.ts';
import { readStatements, type Receipted, type Statement } from './read-statements.ts';
import { refusalRuleOf } from './refusal-rule.ts';

const repackAfterMs = 1_000;

/** A statement with the receipt that it stands in. */
interface Said {
  readonly from: string;
  readonly parcelDigest: string;
  readonly receiptDigest: string;
  readonly packedAtMs: number;
  /** Whether the parcel was answered before this batch. */
  readonly wasAnswered: boolean;
  /** Place of the receipt in its batch: the same one may come twice in it. */
  readonly place: number;
  readonly statement: Statement;
}

/** What a batch has come to so far; dispatches change under it. */
interface Progress {
  readonly dispatches: Map<string, LockedDispatch>;
  readonly taken: LockedDispatch[];
  readonly events: PreparedEvent[];
  /** Which receipt was the first to say of a parcel, by its digest, what can be true. */
  readonly answeredAt: Map<string, number>;
}

type EventType = 'dispatchReceipted' | 'dispatchRefused' | 'dispatchParked';

const stateOf: Readonly<Record<EventType, string>> = {
  dispatchReceipted: 'receipted',
  dispatchRefused: 'refused',
  dispatchParked: 'parked',
};

async function prepareEvent(
  dispatch: LockedDispatch,
  made: { readonly type: EventType; readonly code: string | null; readonly receiptDigest: string },
  deps: ApplyDeps,
): Promise<PreparedEvent> {
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
      state: stateOf[made.type],
      ...(made.code === null ? {} : { codes: [made.code] }),
    },
    details: { payloadDigest: dispatch.digest, receiptDigest: made.receiptDigest },
    referralId: dispatch.referralId,
    audience: null,
  });
}

async function raiseStray(
  tx: Queryable,
  about: { readonly from: string; readonly subjectId: string },
  deps: ApplyDeps,
): Promise<void> {
  const { from, subjectId } = about;
  await raiseAlarm(tx, { code: 'receiptForOtherBytes', participantId: from, subjectId }, deps);
}

async function refuseDispatch(
  tx: Queryable,
  refused: {
    readonly dispatch: LockedDispatch;
    readonly said: Said;
    readonly code: string;
    readonly verdict: 'repack' | 'park' | 'note';
  },
  { progress, deps }: { readonly progress: Progress; readonly deps: ApplyDeps },
): Promise<void> {
  const { dispatch, said, code, verdict } = refused;
  const { id, addresseeId: participantId } = dispatch;
  const { receiptDigest } = said;
  const { alarm, action } = refusalRuleOf(code);
  await raiseAlarm(tx, { code: alarm, participantId, subjectId: id }, deps);
  progress.events.push(await prepareEvent(dispatch, { type: 'dispatchRefused', code, receiptDigest }, deps));
  if (verdict === 'repack') {
    await repackDispatches(tx, [id], deps.clock.nowMs() + repackAfterMs);
    progress.dispatches.set(id, { ...dispatch, state: 'sealed' });
  }
  if (verdict === 'park') {
    // What the directory has learnt since the parcel was packed has not been tried yet.
    await parkDispatches(tx, [id], { code, asOfMs: said.packedAtMs });
    progress.dispatches.set(id, { ...dispatch, state: 'parked' });
    if (action === 'repack')
      await raiseAlarm(tx, { code: 'dispatchParked', participantId, subjectId: id }, deps);
    progress.events.push(await prepareEvent(dispatch, { type: 'dispatchParked', code, receiptDigest }, deps));
  }
}

async function applyStatement(
  tx: Queryable,
  said: Said,
  context: { readonly progress: Progress; readonly deps: ApplyDeps },
): Promise<void> {
  const { progress, deps } = context;
  const { statement, from, receiptDigest } = said;
  const dispatch = progress.dispatches.get(statement.dispatchId);
  if (dispatch === undefined) return;
  const { parcelDigest, place, wasAnswered } = said;
  const firstPlace = progress.answeredAt.get(parcelDigest) ?? place;
  const verdict = judgeStatement(statement, dispatch, wasAnswered || firstPlace !== place);
  if (verdict !== 'stray') progress.answeredAt.set(parcelDigest, firstPlace);
  switch (verdict) {
    case 'over':
      return;
    case 'stray':
      await raiseStray(tx, { from, subjectId: dispatch.id }, deps);
      return;
    case 'take':
      progress.taken.push(dispatch);
      progress.dispatches.set(dispatch.id, { ...dispatch, state: 'receipted' });
      progress.events.push(
        await prepareEvent(dispatch, { type: 'dispatchReceipted', code: null, receiptDigest }, deps),
      );
      return;
    case 'repack':
    case 'park':
    case 'note':
      await refuseDispatch(tx, { dispatch, said, code: statement.refusal ?? '', verdict }, context);
      return;
    default:
      verdict satisfies never;
  }
}

/** What was delivered after all is no trouble any more. */
async function clearTroubles(
  tx: Queryable,
  taken: readonly LockedDispatch[],
  deps: ApplyDeps,
): Promise<void> {
  const codes = ['dispatchParked', 'dispatchSignatureRefused', 'dispatchUndecryptable'] as const;
  for (const { id, addresseeId: participantId, state, attempts } of taken) {
    if (attempts <= 1 && (state === 'sending' || state === 'sent')) continue;
    await clearAlarms(tx, { codes, participantId, subjectIds: [id] }, deps.clock.nowMs());
  }
}

/** What all receipts of a batch say; a receipt for what was never sent says nothing, and raises an alarm. */
async function readAll(
  tx: Queryable,
  receipts: readonly Receipted[],
  context: { readonly parcels: ReadonlyMap<string, SentParcel>; readonly deps: ApplyDeps },
): Promise<{ readonly said: Said[]; readonly ours: Receipted[] }> {
  const said: Said[] = [];
  const ours: Receipted[] = [];
  for (const [place, receipted] of receipts.entries()) {
    const { from, digest: receiptDigest, receipt } = receipted;
    const { parcelDigest } = receipt;
    const parcel = context.parcels.get(parcelDigest);
    const { isOurs, statements, strays } = readStatements(receipted, parcel);
    for (const subjectId of strays) await raiseStray(tx, { from, subjectId }, context.deps);
    if (!isOurs || parcel === undefined) continue;
    ours.push(receipted);
    const { packedAtMs, receipted: wasAnswered } = parcel;
    const about = { from, parcelDigest, receiptDigest, packedAtMs, wasAnswered, place };
    for (const statement of statements) said.push({ ...about, statement });
  }
  return { said, ours };
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
  const parcels = await readSentParcels(
    tx,
    receipts.map(({ receipt }) => receipt.parcelDigest),
  );
  const { said, ours } = await readAll(tx, receipts, { parcels, deps });
  if (ours.length === 0) return [];
  const ids = new Set(said.map(({ statement }) => statement.dispatchId));
  const dispatches = new Map(await lockDispatches(tx, [...ids]));
  const progress: Progress = { dispatches, taken: [], events: [], answeredAt: new Map() };
  for (const one of said) await applyStatement(tx, one, { progress, deps });
  await clearTroubles(tx, progress.taken, deps);
  await markReceipted(tx, {
    taken: progress.taken.map(({ id }) => id),
    parcels: ours
      .map(({ receipt }) => ({ digest: receipt.parcelDigest, code: receipt.code }))
      .filter(({ digest }) => progress.answeredAt.has(digest)),
    nowMs: deps.clock.nowMs(),
  });
  return progress.events;
}
