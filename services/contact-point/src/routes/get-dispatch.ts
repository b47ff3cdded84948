import type { ContactPointApi } from '@liaison/contracts';
import { ProblemError } from '@liaison/service';
import type { Request, Response } from 'express';
import { openStored, type OpenStoredDeps } from '../inbox/open-stored.ts';
import { readAnswers } from '../store/answers.ts';

/** Whether a text has the form of an id. */
export function isUuid(text: unknown): text is string {
  return typeof text === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}

/** Reads the id of a dispatch from the path. */
export function dispatchIdOf(req: Request): string {
  const { dispatchId } = req.params;
  if (isUuid(dispatchId)) return dispatchId;
  throw new ProblemError('parameter-invalid', { faults: [{ pointer: '/dispatchId', code: 'format-wrong' }] });
}

/** `GET /v1/dispatches/{dispatchId}`: one dispatch with the sender's own referral, and what was answered. */
export function getDispatch(deps: OpenStoredDeps) {
  return async (req: Request, res: Response): Promise<void> => {
    const dispatchId = dispatchIdOf(req);
    const { entry, dispatch, referral, senderKeyRevokedSince } = await openStored(dispatchId, deps);
    const answers = await readAnswers(deps.database, dispatchId);
    const opened = { entry, dispatch, referral, senderKeyRevokedSince, answers };
    res.json(opened satisfies ContactPointApi['schemas']['OpenedDispatch']);
  };
}
