import type { Problem, ProblemCode, SubmissionApi } from '@liaison/contracts';
import { problems } from '@liaison/contracts';
import type { DirectoryIndex } from '@liaison/directory';
import type { Guard } from '@liaison/guard';
import type { Database } from '@liaison/postgres';
import { ProblemError, toProblem, type Clock, type ReachPoint, type ProblemParts } from '@liaison/service';
import type { AcceptanceMaker } from './make-acceptance.ts';
import { inspectSubmission, verifySubmission, type OpenedReferral, type Refusal } from './open-referral.ts';
import type { Quota, RateLimit } from './rate-limits.ts';
import { insertAcceptance, type Acceptance, type Accepted } from './store/intake.ts';
import type { RecordRefusal } from './store/refusals.ts';
import type { SubmissionMetrics } from './submission-metrics.ts';
import type { RequestTrace } from './trace-requests.ts';

type Submission = SubmissionApi['schemas']['Submission'];

/** What submitting needs. */
export interface SubmitDeps {
  readonly database: Database;
  readonly guard: Guard;
  readonly clock: Clock;
  readonly acceptances: AcceptanceMaker;
  readonly recordRefusal: RecordRefusal;
  readonly senderLimit: RateLimit;
  readonly reach: ReachPoint;
  readonly metrics: SubmissionMetrics;
  readonly trace: RequestTrace;
}

/** What one submission comes to, before anything is written. */
export type Judged = (
  | { readonly kind: 'opened'; readonly opened: OpenedReferral }
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly parts: ProblemParts }
) & {
  /** Of the sender, where it was asked: to be told with every answer, also with a refusal. */
  readonly quota: Quota | null;
};

/** What one submission came to. */
export type Submitted =
  | { readonly kind: 'accepted'; readonly created: boolean; readonly submission: Submission }
  | { readonly kind: 'refused'; readonly code: ProblemCode; readonly parts: ProblemParts };

/** Checks one submission; the sender's quota is asked once its signature is verified, and never of an urgent one. */
export async function judgeSubmission(
  text: string | Uint8Array,
  directory: DirectoryIndex,
  deps: SubmitDeps,
): Promise<Judged> {
  const nowMs = deps.clock.nowMs();
  const verification = await verifySubmission(text, { directory, nowMs });
  if (verification.kind === 'refused') {
    return { ...verification, parts: { faults: verification.refusal.faults }, quota: null };
  }
  const { submission } = verification;
  const { sender, urgent } = submission;
  const quota = urgent ? null : await deps.senderLimit.consume(sender.id);
  if (quota?.allowed === false) {
    return {
      kind: 'refused',
      refusal: { problem: 'rate-exceeded', faults: [], sender, urgent },
      parts: { retryAfterSeconds: quota.resetSeconds },
      quota,
    };
  }
  const opening = inspectSubmission(submission, { guard: deps.guard, nowMs });
  return opening.kind === 'opened'
    ? { ...opening, quota }
    : { ...opening, parts: { faults: opening.refusal.faults }, quota };
}

type NotAccepted = Extract<Accepted, { outcome: 'conflict' | 'erased' } | { outcome: 'relationUnknown' }>;

function refusalOf(accepted: NotAccepted): {
  code: ProblemCode;
  parts: ProblemParts;
} {
  switch (accepted.outcome) {
    case 'conflict':
      return { code: 'reference-reused', parts: { existing: { referralId: accepted.referralId } } };
    case 'erased':
      return { code: 'reference-erased', parts: { existing: { referralId: accepted.referralId } } };
    case 'relationUnknown':
      return {
        code: 'relation-unknown',
        parts: { faults: [{ pointer: '/relation/reference', code: 'relation-unknown' }] },
      };
    default:
      return accepted satisfies never;
  }
}

function toSubmitted(accepted: Accepted): Submitted {
  switch (accepted.outcome) {
    case 'accepted':
    case 'duplicate': {
      const { referralId, receipt } = accepted;
      return {
        kind: 'accepted',
        created: accepted.outcome === 'accepted',
        submission: { referralId, receipt },
      };
    }
    case 'conflict':
    case 'erased':
    case 'relationUnknown':
      return { kind: 'refused', ...refusalOf(accepted) };
    default:
      return accepted satisfies never;
  }
}

/** Writes opened referrals in one transaction; all are durable when this resolves. */
export async function acceptOpened(
  opened: readonly OpenedReferral[],
  directory: DirectoryIndex,
  deps: SubmitDeps,
): Promise<Submitted[]> {
  const acceptances: Acceptance[] = [];
  for (const one of opened) acceptances.push(await deps.acceptances.make(one, directory));
  const [single] = acceptances;
  const accepted =
    acceptances.length === 1 && single !== undefined
      ? [await insertAcceptance(deps.database, single)]
      : await deps.database.transaction(async (tx) => {
          const results: Accepted[] = [];
          for (const acceptance of acceptances) results.push(await insertAcceptance(tx, acceptance));
          return results;
        });
  for (const { outcome } of accepted) {
    if (outcome === 'accepted' || outcome === 'duplicate') deps.metrics.accepted(outcome);
  }
  await deps.reach('accept:committed');
  return accepted.map(toSubmitted);
}

/** Keeps what may be kept of a refusal. A quota that is used up leaves nothing: it is no judgement on the referral. */
export async function keepRefusal(
  body: string | Uint8Array,
  refused: { readonly refusal: Refusal; readonly directory: DirectoryIndex },
  deps: SubmitDeps,
): Promise<void> {
  const { refusal, directory } = refused;
  deps.metrics.refused(body, refusal, directory);
  if (refusal.problem !== 'rate-exceeded') await deps.recordRefusal(body, refusal);
}

/** The refusal of a referral that was opened, but whose reference or relation does not stand. */
export function refusalOfOpened(opened: OpenedReferral, problem: ProblemCode): Refusal {
  return { problem, faults: [], sender: opened.sender, urgent: opened.referral.urgency.claimed };
}

/** Throws a refusal as the answer to its request. */
export function throwRefused(refused: Extract<Submitted, { kind: 'refused' }>): never {
  throw new ProblemError(refused.code, refused.parts);
}

/** The entry of a batch for one result: status and body as if it had been submitted alone. */
export function toBatchEntry(submitted: Submitted): SubmissionApi['schemas']['BatchEntry'] {
  if (submitted.kind === 'accepted') {
    return { status: submitted.created ? 201 : 200, submission: submitted.submission };
  }
  const problem: Problem = toProblem(submitted.code, submitted.parts);
  return { status: problems[submitted.code].status, problem };
}
