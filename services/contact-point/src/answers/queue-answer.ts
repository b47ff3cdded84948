import { createHash } from 'node:crypto';
import { audienceOf, type ContactPointApi, type Feedback } from '@liaison/contracts';
import type { DirectoryIndex } from '@liaison/directory';
import type { Database, Queryable } from '@liaison/postgres';
import { signMessage, type SigningKey } from '@liaison/seal';
import { ProblemError, type Clock, type NewId } from '@liaison/service';
import {
  lockAnswer,
  insertAnswer,
  lockDispatch,
  setDispatchState,
  type LockedDispatch,
} from '../store/answers.ts';

export type Answer = ContactPointApi['schemas']['Answer'];
export type QueuedAnswer = ContactPointApi['schemas']['QueuedAnswer'];

/** What answering needs. */
export interface AnswerDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly selfId: string;
  readonly currentDirectory: () => DirectoryIndex | null;
  readonly signingKey: () => SigningKey;
  readonly onAnswer: () => void;
}

/** The contact point's default; an authority that wants another handling code will say so. */
const handling: Feedback['handling'] = {
  handlingCode: 'H0',
  sourceEvaluation: 'A',
  informationEvaluation: '4',
};

/** What an answer means for the dispatch here. */
function stateAfter(answer: Answer, state: LockedDispatch['state']): LockedDispatch['state'] {
  switch (answer.kind) {
    case 'acknowledged':
      return 'acknowledged';
    case 'declined':
      return 'declined';
    case 'outcome':
      return answer.closed ? 'closed' : 'acknowledged';
    case 'informationRequested':
    case 'userNoticeHold':
    case 'noRemovalHold':
      return state;
    default:
      return answer satisfies never;
  }
}

function toFeedback(answer: Answer, dispatch: LockedDispatch): Feedback {
  const { answerId: _ours, ...content } = answer;
  return {
    ...content,
    schemaVersion: '1.0',
    inReplyTo: dispatch.id,
    referralId: dispatch.referralId,
    sequence: dispatch.answerCount + 1,
    handling,
    policyVersion: dispatch.policyVersion,
  };
}

/** Identity of an answer's content, whatever the order of its members. */
export function digestContent(answer: Answer): string {
  const members = Object.entries(answer).toSorted(([left], [right]) => left.localeCompare(right));
  return createHash('sha256').update(JSON.stringify(members)).digest('base64url');
}

async function signFeedback(
  feedback: Feedback,
  signing: { readonly id: string; readonly nowMs: number; readonly directory: DirectoryIndex },
  deps: Omit<AnswerDeps, 'onAnswer'>,
): Promise<{ jws: string; digest: string }> {
  const { hub, instance } = signing.directory.document;
  return signMessage(
    {
      typ: 'feedback+jws',
      issuer: deps.selfId,
      audience: audienceOf(instance, hub),
      id: signing.id,
      issuedAtMs: signing.nowMs,
      payload: feedback,
    },
    deps.signingKey(),
  );
}

/**
 * Numbers, signs and stores an answer within a transaction.
 * @throws ProblemError `dispatch-unknown`, `directory-expired`.
 */
export async function writeAnswer(
  tx: Queryable,
  asked: { dispatchId: string; answer: Answer },
  deps: Omit<AnswerDeps, 'onAnswer'>,
): Promise<QueuedAnswer> {
  const { dispatchId, answer } = asked;
  const directory = deps.currentDirectory();
  if (directory === null) throw new ProblemError('directory-expired', { retryAfterSeconds: 5 });
  const dispatch = await lockDispatch(tx, dispatchId);
  if (dispatch === undefined) throw new ProblemError('dispatch-unknown');
  const nowMs = deps.clock.nowMs();
  const id = deps.newId();
  const feedback = toFeedback(answer, dispatch);
  const signed = await signFeedback(feedback, { id, nowMs, directory }, deps);
  await setDispatchState(tx, {
    id: dispatchId,
    state: stateAfter(answer, dispatch.state),
    caseNumber: answer.kind === 'acknowledged' ? answer.caseNumber : null,
    answerCount: feedback.sequence,
  });
  return insertAnswer(tx, {
    answerId: answer.answerId,
    feedbackId: id,
    dispatchId,
    kind: answer.kind,
    sequence: feedback.sequence,
    contentDigest: digestContent(answer),
    ...signed,
    answeredAtMs: nowMs,
  });
}

/**
 * Signs an answer and makes it durable; it travels by itself from there. The same answer again has one effect.
 * @throws ProblemError `dispatch-unknown`, `answer-conflict`, `directory-expired`.
 */
export async function queueAnswer(
  dispatchId: string,
  answer: Answer,
  deps: AnswerDeps,
): Promise<{ readonly created: boolean; readonly queued: QueuedAnswer }> {
  const result = await deps.database.transaction(async (tx) => {
    const before = await lockAnswer(tx, answer.answerId);
    if (before === null)
      return { created: true, queued: await writeAnswer(tx, { dispatchId, answer }, deps) };
    const same = before.dispatchId === dispatchId && before.contentDigest === digestContent(answer);
    if (!same) throw new ProblemError('answer-conflict');
    return { created: false, queued: before.queued };
  });
  deps.onAnswer();
  return result;
}
