import { validateBody } from '@liaison/contracts';
import type { SubmissionApi } from '@liaison/contracts';
import { jsonBodyOf, ProblemError } from '@liaison/service';
import type { Request, Response } from 'express';
import type { DirectorySource } from '../directory-source.ts';
import { tightestOf } from '../rate-limits.ts';
import {
  acceptOpened,
  judgeSubmission,
  keepRefusal,
  refusalOfOpened,
  toBatchEntry,
  type Judged,
  type SubmitDeps,
  type Submitted,
} from '../submit.ts';

type BatchEntry = SubmissionApi['schemas']['BatchEntry'];

/** `POST /v1/referrals/_batch`: up to 100, each accepted or refused by itself, all durable when answered. */
export function submitReferrals(deps: SubmitDeps, directories: DirectorySource) {
  return async (req: Request, res: Response): Promise<void> => {
    const batch = validateBody('submission-api#Batch', jsonBodyOf(req));
    if (!batch.ok) throw new ProblemError('schema-invalid', { faults: batch.faults });
    const directory = directories.current();
    const judged: { text: string; judged: Judged }[] = [];
    for (const text of batch.value.referrals) {
      judged.push({ text, judged: await judgeSubmission(text, directory, deps) });
    }
    // A batch may hold referrals of several senders; what matters to its caller is where it comes to an end first.
    const quota = tightestOf(judged.flatMap(({ judged: one }) => one.quota ?? []));
    if (quota !== null) res.set(deps.senderLimit.headersOf(quota));
    const opened = judged.flatMap(({ judged: one }) => (one.kind === 'opened' ? [one.opened] : []));
    const accepted = opened.length === 0 ? [] : await acceptOpened(opened, directory, deps);
    const results: BatchEntry[] = [];
    for (const { text, judged: one } of judged) {
      const submitted: Submitted | undefined =
        one.kind === 'opened'
          ? accepted.shift()
          : { kind: 'refused', code: one.refusal.problem, parts: one.parts };
      if (submitted === undefined) throw new ProblemError('internal-error');
      if (submitted.kind === 'refused') {
        const refusal = one.kind === 'opened' ? refusalOfOpened(one.opened, submitted.code) : one.refusal;
        await keepRefusal(text, { refusal, directory }, deps);
      } else {
        const { created, submission } = submitted;
        deps.trace.submitted(res, { referralId: submission.referralId, created });
      }
      results.push(toBatchEntry(submitted));
    }
    res.json({ results } satisfies SubmissionApi['schemas']['BatchResult']);
  };
}
