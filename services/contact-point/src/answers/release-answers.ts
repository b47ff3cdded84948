import type { Log, ReachPoint } from '@liaison/service';
import { lockAnswer } from '../store/answers.ts';
import { takeDue } from '../store/held-answers.ts';
import { writeAnswer, type AnswerDeps } from './queue-answer.ts';

/** What releasing needs. */
export interface ReleaseDeps extends Omit<AnswerDeps, 'onAnswer'> {
  readonly log: Log;
  readonly reach: ReachPoint;
}

async function releaseNext(deps: ReleaseDeps): Promise<boolean> {
  return deps.database.transaction(async (tx) => {
    const due = await takeDue(tx, deps.clock.nowMs());
    if (due === undefined) return false;
    const { dispatchId, answer } = due;
    await deps.reach('held:taken');
    // The interface for national systems may have been used with the same id in the meantime.
    const given = await lockAnswer(tx, answer.answerId);
    if (given === null) await writeAnswer(tx, { dispatchId, answer }, deps);
    else deps.log.warn('held-answer-given', { answerId: answer.answerId });
    return true;
  });
}

/**
 * Signs the held answers whose time has come and queues them to be sent, in one transaction each: whoever dies in between
 * loses none and sends none twice. While there is no directory that holds, they wait.
 */
export async function releaseAnswers(deps: ReleaseDeps): Promise<void> {
  if (deps.currentDirectory() === null) return;
  while (await releaseNext(deps)) await deps.reach('held:released');
}
