import type { History, Violation } from './history.ts';

/** The ledger is complete, without a gap, tells each effect once, and is what everybody saw of it. */
export function* checkLedger(history: History): Generator<Violation> {
  const { ledger } = history;
  if (!ledger.verifies) yield { code: 'ledger-unverified', subjectId: String(ledger.size) };
  const positions = ledger.leaves.map(({ position }) => position).toSorted((a, b) => a - b);
  const isWhole =
    positions.length === ledger.size && positions.every((position, index) => position === index);
  if (!isWhole) yield { code: 'ledger-gap', subjectId: String(ledger.size) };
  for (const { size, root } of ledger.checkpointsSeen)
    if (size > ledger.size || ledger.roots[size] !== root)
      yield { code: 'ledger-forked', subjectId: String(size) };
  yield* checkReceiptLeaves(history);
  yield* checkEvents(history);
}

/** What senders hold as proof is in the ledger. */
function* checkReceiptLeaves({ submissions, ledger }: History): Generator<Violation> {
  const leaves = new Set(ledger.leaves.map(({ leaf }) => leaf));
  for (const { answer } of submissions)
    if (answer.kind === 'accepted' && !leaves.has(answer.leaf))
      yield { code: 'event-missing', subjectId: answer.referralId };
}

function* checkEvents({ hub, ledger }: History): Generator<Violation> {
  const counts = new Map<string, number>();
  for (const { type, subjectId } of ledger.leaves) {
    const name = `${type} ${subjectId}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const expected = [
    ...hub.referrals.map(({ id }) => `referralAccepted ${id}`),
    ...hub.dispatches.flatMap(({ id, state }) => [
      `dispatchSealed ${id}`,
      ...(state === 'receipted' ? [`dispatchReceipted ${id}`] : []),
    ]),
    ...hub.feedback.map(({ feedbackId }) => `feedbackReceived ${feedbackId}`),
  ];
  const known = new Set(expected);
  for (const name of expected) {
    const times = counts.get(name) ?? 0;
    if (times === 0) yield { code: 'event-missing', subjectId: name };
    if (times > 1) yield { code: 'event-doubled', subjectId: name };
  }
  const once = ['referralAccepted', 'dispatchSealed', 'dispatchReceipted', 'feedbackReceived'];
  for (const name of counts.keys()) {
    const [type = ''] = name.split(' ');
    // An event of something that the hub does not have.
    if (once.includes(type) && !known.has(name)) yield { code: 'event-doubled', subjectId: name };
  }
}
