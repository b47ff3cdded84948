import { validateBody, type Fault } from '@liaison/contracts';
import { jsonBodyOf, ProblemError } from '@liaison/service';
import type { Request, Response } from 'express';
import { queueAnswer, type Answer, type AnswerDeps } from '../answers/queue-answer.ts';
import { dispatchIdOf } from './get-dispatch.ts';

/** Characters that no signed message can carry (RFC 7493, 2.1). */
const unsayable = /[\p{Surrogate}\p{Noncharacter_Code_Point}]/u;

/** Where an answer holds such characters. */
export function findUnsayable(answer: Answer): Fault[] {
  return Object.entries(answer).flatMap(([name, value]) =>
    typeof value === 'string' && unsayable.test(value) ? [{ pointer: `/${name}`, code: 'format-wrong' }] : [],
  );
}

/** `POST /v1/dispatches/{dispatchId}/answers`: acknowledge, decline, ask, hold, or report an outcome. */
export function answerDispatch(deps: AnswerDeps) {
  return async (req: Request, res: Response): Promise<void> => {
    const dispatchId = dispatchIdOf(req);
    const answer = validateBody('contact-point-api#Answer', jsonBodyOf(req));
    const faults = answer.ok ? findUnsayable(answer.value) : answer.faults;
    if (!answer.ok || faults.length > 0) throw new ProblemError('schema-invalid', { faults });
    const { created, queued } = await queueAnswer(dispatchId, answer.value, deps);
    res.status(created ? 201 : 200).json(queued);
  };
}
