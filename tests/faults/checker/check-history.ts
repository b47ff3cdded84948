import { checkAnswers } from './check-answers.ts';
import { checkLedger } from './check-ledger.ts';
import type { History, Violation } from './history.ts';

/**
 * Decides from records, databases and ledger alone whether the promises were kept: what was accepted reached every addressee,
 * each had its effect exactly once, nothing else arrived, no lower sequence undid a higher one, receipts match payloads,
 * and the ledger is complete and no other than what anybody saw.
 */
export function checkHistory(history: History): Violation[] {
  return [
    ...checkSubmissions(history),
    ...checkAddressees(history),
    ...checkInboxes(history),
    ...checkReceipts(history),
    ...checkAnswers(history),
    ...checkLedger(history),
  ];
}

function nameOf({ senderId, reference }: { readonly senderId: string; readonly reference: string }): string {
  return `${senderId} ${reference}`;
}

function* checkSubmissions({ submissions, hub }: History): Generator<Violation> {
  const referrals = new Map(hub.referrals.map((referral) => [referral.id, referral]));
  const bySender = new Map(submissions.map((submission) => [nameOf(submission), submission]));
  for (const submission of submissions) {
    if (submission.answer.kind !== 'accepted') continue;
    const { referralId } = submission.answer;
    const kept = referrals.get(referralId);
    if (kept === undefined) yield { code: 'accepted-lost', subjectId: referralId };
    else if (kept.digest !== submission.digest || nameOf(kept) !== nameOf(submission))
      yield { code: 'accepted-otherwise', subjectId: referralId };
  }
  for (const referral of hub.referrals) {
    const submission = bySender.get(nameOf(referral));
    const isRefused = submission?.answer.kind === 'refused';
    if (submission === undefined || isRefused || submission.digest !== referral.digest)
      yield { code: 'refused-taken', subjectId: referral.id };
  }
}

function* checkAddressees({ submissions, hub }: History): Generator<Violation> {
  const wanted = new Map(submissions.map((submission) => [nameOf(submission), submission.addressees]));
  const reached = groupBy(hub.dispatches, ({ referralId }) => referralId);
  for (const referral of hub.referrals) {
    const addressees = (reached.get(referral.id) ?? []).map(({ addresseeId }) => addresseeId);
    const expected = wanted.get(nameOf(referral)) ?? [];
    for (const id of expected)
      if (!addressees.includes(id)) yield { code: 'addressee-missed', subjectId: `${referral.id} ${id}` };
    for (const id of addressees)
      if (!expected.includes(id)) yield { code: 'addressee-uninvited', subjectId: `${referral.id} ${id}` };
  }
}

function* checkInboxes({ hub, contactPoints }: History): Generator<Violation> {
  const sent = new Map(hub.dispatches.map((dispatch) => [dispatch.id, dispatch]));
  const accepted = new Set(hub.referrals.map(({ id }) => id));
  const arrived = new Map<string, number>();
  for (const { id: holder, dispatches } of contactPoints) {
    for (const { id, referralId } of dispatches) {
      arrived.set(id, (arrived.get(id) ?? 0) + 1);
      const isMeant = sent.get(id)?.addresseeId === holder && accepted.has(referralId);
      if (!isMeant) yield { code: 'unaccepted-arrived', subjectId: id };
    }
    yield* checkSequences(dispatches);
  }
  const holders = new Set(contactPoints.map(({ id }) => id));
  for (const { id, addresseeId } of hub.dispatches) {
    const times = arrived.get(id) ?? 0;
    if (times === 0 && holders.has(addresseeId)) yield { code: 'addressee-missed', subjectId: id };
    if (times > 1) yield { code: 'delivered-twice', subjectId: id };
  }
}

/** Of one referral and addressee sequences count from 1 without a gap, and none stands twice. */
function* checkSequences(
  dispatches: readonly { readonly referralId: string; readonly sequence: number }[],
): Generator<Violation> {
  for (const [referralId, of] of groupBy(dispatches, (dispatch) => dispatch.referralId)) {
    const sequences = of.map(({ sequence }) => sequence).toSorted((a, b) => a - b);
    if (sequences.some((sequence, index) => sequence !== index + 1))
      yield { code: 'sequence-gap', subjectId: referralId };
  }
}

function* checkReceipts({ hub, contactPoints }: History): Generator<Violation> {
  const sent = new Map(hub.dispatches.map((dispatch) => [dispatch.id, dispatch]));
  for (const { id: holder, dispatches, receipted } of contactPoints) {
    const said = new Set<string>();
    for (const { dispatchId, digest, outcome } of receipted) {
      if (outcome !== 'accepted') continue;
      said.add(dispatchId);
      const dispatch = sent.get(dispatchId);
      if (dispatch?.digest !== digest || dispatch.addresseeId !== holder)
        yield { code: 'receipt-differs', subjectId: dispatchId };
    }
    for (const { id, digest } of dispatches) {
      if (sent.get(id)?.digest !== digest) yield { code: 'receipt-differs', subjectId: id };
      if (!said.has(id)) yield { code: 'receipt-missing', subjectId: id };
    }
    for (const { id, addresseeId, state } of hub.dispatches)
      if (addresseeId === holder && (state === 'receipted') !== said.has(id))
        yield { code: 'receipt-missing', subjectId: id };
  }
}

/** Items by what they have in common. */
function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
