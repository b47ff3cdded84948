import { ProblemError, formatUtc } from '@liaison/service';
import { lockAnswer, lockDispatch } from '../store/answers.ts';
import { countAnswers, deleteHeld, findHeld, insertHeld } from '../store/held-answers.ts';
import { digestContent, type Answer, type AnswerDeps } from './queue-answer.ts';

/** For so long an officer can take an answer back. */
const holdMs = 30_000;

/** An answer as a form gives it. */
export interface AskedHold {
  readonly dispatchId: string;
  readonly answer: Answer;
  /** How many answers the dispatch had when the form was shown. */
  readonly seen: number;
}

/**
 * Holds an answer for half a minute: nothing is signed, numbered or sent before. The same form sent again has one effect;
 * a form that did not know of another answer has none.
 * @returns `answered`: somebody has answered since the form was shown.
 * @throws ProblemError `dispatch-unknown`, `answer-conflict`.
 */
export async function holdAnswer(
  { dispatchId, answer, seen }: AskedHold,
  deps: Pick<AnswerDeps, 'database' | 'clock'>,
): Promise<'held' | 'answered'> {
  return deps.database.transaction(async (tx) => {
    const given = await lockAnswer(tx, answer.answerId);
    if ((await lockDispatch(tx, dispatchId)) === undefined) throw new ProblemError('dispatch-unknown');
    const held = await findHeld(tx, answer.answerId);
    const before = given ?? (held && { ...held, contentDigest: digestContent(held.answer) });
    if (before !== undefined) {
      const isSame = before.dispatchId === dispatchId && before.contentDigest === digestContent(answer);
      if (!isSame) throw new ProblemError('answer-conflict');
      return 'held';
    }
    if ((await countAnswers(tx, dispatchId)) !== seen) return 'answered';
    const nowMs = deps.clock.nowMs();
    await insertHeld(tx, { dispatchId, answer, sendAfter: formatUtc(nowMs + holdMs) }, nowMs);
    return 'held';
  });
}

/** Takes a held answer back, as if it had never been given. @returns false: its time had come. */
export async function undoAnswer(
  asked: { readonly dispatchId: string; readonly answerId: string },
  deps: Pick<AnswerDeps, 'database' | 'clock'>,
): Promise<boolean> {
  return deleteHeld(deps.database, { ...asked, nowMs: deps.clock.nowMs() });
}
