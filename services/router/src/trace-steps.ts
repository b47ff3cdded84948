import { topicFrom, topicTo } from '@liaison/contracts';
import type { Database } from '@liaison/postgres';
import { codesOf, spanPlaces, type Clock, type Log, type Tracing } from '@liaison/service';
import type { Answer } from './answers/open-answers.ts';
import type { DecidedReferral } from './decide/decide-referral.ts';
import type { PackedParcel } from './store/outgoing.ts';

/** What telling of the router's steps needs. */
export interface TraceDeps {
  readonly tracing: Tracing;
  readonly clock: Clock;
  readonly instance: string;
}

/** Tells of decisions that were committed. */
export function traceDecided(decided: readonly DecidedReferral[], { tracing, clock }: TraceDeps): void {
  if (!tracing.isOn) return;
  const endMs = clock.nowMs();
  for (const { id, state, decidedAtMs } of decided) {
    tracing.record({
      subject: { kind: 'step', name: 'decide referral', referralId: id, dispatchId: null, outcome: state },
      place: spanPlaces.decided(id),
      parent: spanPlaces.submitted(id),
      links: [],
      startMs: decidedAtMs,
      endMs,
      failure: null,
    });
  }
}

/** Tells of parcels that were sent: each dispatch in its referral's trace, and the record, which links to them. */
export function traceSent(
  parcels: readonly PackedParcel[],
  startMs: number,
  { tracing, clock, instance }: TraceDeps,
): void {
  if (!tracing.isOn) return;
  const endMs = clock.nowMs();
  for (const { digest, addresseeId, dispatches } of parcels) {
    const message = { kind: 'message', topic: topicTo(instance, addresseeId) } as const;
    const travelling = dispatches.map(({ id, referralId }) => ({
      referralId,
      dispatchId: id,
      parcelDigest: digest,
    }));
    for (const dispatch of travelling) {
      const { referralId, dispatchId } = dispatch;
      tracing.record({
        subject: {
          ...message,
          operation: 'create',
          name: 'dispatch',
          messageId: dispatchId,
          referralId,
          count: null,
        },
        place: spanPlaces.dispatched(dispatch),
        parent: spanPlaces.decided(referralId),
        links: [spanPlaces.parcelSent(digest)],
        startMs,
        endMs,
        failure: null,
      });
    }
    tracing.record({
      subject: {
        ...message,
        operation: 'send',
        name: 'send',
        messageId: digest,
        referralId: null,
        count: travelling.length,
      },
      place: spanPlaces.parcelSent(digest),
      parent: null,
      links: travelling.map(spanPlaces.dispatched),
      startMs,
      endMs,
      failure: null,
    });
  }
}

type Receipt = Extract<Answer, { kind: 'receipt' }>;

interface TracedDispatch {
  readonly referralId: string;
  readonly addresseeId: string;
}

/** What is known of the dispatches that receipts speak of, by their ids. */
async function readDispatches(
  database: Database,
  receipts: readonly Receipt[],
): Promise<ReadonlyMap<string, TracedDispatch>> {
  const entries = receipts.flatMap(({ receipt }) => receipt.entries);
  const ids = entries.flatMap((entry) => ('dispatchId' in entry ? [entry.dispatchId] : []));
  const { rows } = await database.query<{ id: string; referral_id: string; addressee_id: string }>({
    name: 'trace-read-dispatches',
    text: 'select id, referral_id, addressee_id from hub.dispatch where id = any($1)',
    values: [ids],
  });
  return new Map(rows.map((row) => [row.id, { referralId: row.referral_id, addresseeId: row.addressee_id }]));
}

function recordReceipt(
  { from, receipt }: Receipt,
  about: { readonly dispatches: ReadonlyMap<string, TracedDispatch>; readonly startMs: number },
  { tracing, clock, instance }: TraceDeps,
): void {
  const { parcelDigest, entries } = receipt;
  const times = { startMs: about.startMs, endMs: clock.nowMs() };
  const told = entries.flatMap((entry) => {
    const dispatchId = 'dispatchId' in entry ? entry.dispatchId : '';
    const known = about.dispatches.get(dispatchId);
    // Of what went to somebody else, nothing is told.
    if (known?.addresseeId !== from) return [];
    return [{ referralId: known.referralId, dispatchId, parcelDigest, entry }];
  });
  for (const { entry, ...dispatch } of told) {
    const { referralId, dispatchId } = dispatch;
    const { outcome, code } = entry;
    tracing.record({
      subject: { kind: 'step', name: 'apply receipt', referralId, dispatchId, outcome },
      place: spanPlaces.applied(dispatch),
      // Whoever refuses a dispatch may not know which referral it belongs to, and has told of no receipt in its trace.
      parent: outcome === 'accepted' ? spanPlaces.receipted(dispatch) : spanPlaces.dispatched(dispatch),
      links: [spanPlaces.parcelApplied(parcelDigest)],
      ...times,
      failure: code,
    });
  }
  tracing.record({
    subject: {
      kind: 'message',
      operation: 'process',
      name: 'process',
      topic: topicFrom(instance, from),
      messageId: parcelDigest,
      referralId: null,
      count: entries.length,
    },
    place: spanPlaces.parcelApplied(parcelDigest),
    parent: spanPlaces.parcelReceipted(parcelDigest),
    links: told.map(spanPlaces.applied),
    ...times,
    failure: receipt.code,
  });
}

/** Tells of receipts that were applied. What goes wrong here is logged, and nothing else goes wrong for it. */
export async function traceReceipts(
  answers: readonly Answer[],
  startMs: number,
  deps: TraceDeps & { readonly database: Database; readonly log: Log },
): Promise<void> {
  const receipts = answers.filter((answer) => answer.kind === 'receipt');
  if (!deps.tracing.isOn || receipts.length === 0) return;
  try {
    const dispatches = await readDispatches(deps.database, receipts);
    for (const receipt of receipts) recordReceipt(receipt, { dispatches, startMs }, deps);
  } catch (error) {
    deps.log.warn('receipts-not-traced', { codes: codesOf(error) });
  }
}
