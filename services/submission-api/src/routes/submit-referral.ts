import { bodyOf, ProblemError } from '@liaison/service';
import type { Request, Response } from 'express';
import type { DirectorySource } from '../directory-source.ts';
import {
  acceptOpened,
  judgeSubmission,
  keepRefusal,
  refusalOfOpened,
  throwRefused,
  type SubmitDeps,
} from '../submit.ts';

/** `POST /v1/referrals`: one referral, answered when it is durable. */
export function submitReferral(deps: SubmitDeps, directories: DirectorySource) {
  return async (req: Request, res: Response): Promise<void> => {
    const body = bodyOf(req);
    const directory = directories.current();
    const judged = await judgeSubmission(body, directory, deps);
    if (judged.quota !== null) res.set(deps.senderLimit.headersOf(judged.quota));
    if (judged.kind === 'refused') {
      await keepRefusal(body, { refusal: judged.refusal, directory }, deps);
      throw new ProblemError(judged.refusal.problem, judged.parts);
    }
    const [submitted] = await acceptOpened([judged.opened], directory, deps);
    if (submitted === undefined) throw new ProblemError('internal-error');
    if (submitted.kind === 'refused') {
      const refusal = refusalOfOpened(judged.opened, submitted.code);
      await keepRefusal(body, { refusal, directory }, deps);
      throwRefused(submitted);
    }
    const { created, submission } = submitted;
    deps.trace.submitted(res, { referralId: submission.referralId, created });
    res
      .status(created ? 201 : 200)
      .location(`/v1/referrals/${submission.referralId}`)
      .json(submission);
  };
}
