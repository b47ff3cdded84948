import type { History, SignedAnswer, Violation } from './history.ts';

/** Every answer had its effect once, and none of a lower sequence undid one of a higher. */
export function* checkAnswers({ hub, contactPoints }: History): Generator<Violation> {
  const signed = new Map(contactPoints.flatMap(({ answers }) => answers).map((one) => [one.feedbackId, one]));
  const seen = new Set<string>();
  for (const feedback of hub.feedback) {
    const answer = signed.get(feedback.feedbackId);
    if (seen.has(feedback.feedbackId)) yield { code: 'answer-doubled', subjectId: feedback.feedbackId };
    seen.add(feedback.feedbackId);
    if (answer === undefined || !isSame(answer, feedback))
      yield { code: 'answer-invented', subjectId: feedback.feedbackId };
  }
  for (const id of signed.keys()) if (!seen.has(id)) yield { code: 'answer-lost', subjectId: id };
  for (const dispatch of hub.dispatches) {
    const last = lastEffect([...signed.values()].filter(({ dispatchId }) => dispatchId === dispatch.id));
    if (last === undefined ? dispatch.answer !== null : dispatch.answer !== last.effect)
      yield { code: 'sequence-undone', subjectId: dispatch.id };
  }
}

function isSame(a: SignedAnswer, b: Omit<SignedAnswer, 'effect'>): boolean {
  return (
    a.dispatchId === b.dispatchId && a.sequence === b.sequence && a.kind === b.kind && a.digest === b.digest
  );
}

function lastEffect(answers: readonly SignedAnswer[]): SignedAnswer | undefined {
  return answers
    .filter(({ effect }) => effect !== null)
    .toSorted((a, b) => a.sequence - b.sequence)
    .at(-1);
}
