import { validateBody } from '@liaison/contracts';
import { jsonBodyOf, ProblemError } from '@liaison/service';
import type { Request, Response } from 'express';
import { queueAnswer, type AnswerDeps } from '../answers/queue-answer.ts';
import { dispatchIdOf } from './get-dispatch.ts';

/** `POST /v1/dispatches/{dispatchId}/answers`: acknowledge, decline, ask, hold, or report an outcome. */
export function answerDispatch(deps: AnswerDeps) {
  return async (req: Request, res: Response): Promise<void> => {
    const dispatchId = dispatchIdOf(req);
    const answer = validateBody('contact-point-api#Answer', jsonBodyOf(req));
    if (!answer.ok) throw new ProblemError('schema-invalid', { faults: answer.faults });
    const { created, queued } = await queueAnswer(dispatchId, answer.value, deps);
    res.status(created ? 201 : 200).json(queued);
  };
}
