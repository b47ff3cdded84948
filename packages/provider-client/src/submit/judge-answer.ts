import type { Problem } from '@liaison/contracts';
import type { DirectoryIndex } from '@liaison/directory';
import { ClientError } from '../client-error.ts';
import type { DirectorySource } from '../directory-source.ts';
import { settle, type NotNow } from '../http/not-now.ts';
import { readProblem } from '../http/problem.ts';
import { readBody } from '../http/read-body.ts';
import type { Answered } from '../http/transport.ts';
import type { MemberTrust } from '../verify/member-trust.ts';
import { verifyReceipt, type ReceiptResult } from '../verify/verify-receipt.ts';
import type { Outgoing } from './outgoing.ts';
import type { Refused, Submitted, TryAgain } from './submitted.ts';

/** The result for a message of which nothing is known. */
export function toTryAgain({ jws, reference }: Outgoing, cause: NotNow): TryAgain {
  const { code, afterMs, problem, clockOffsetMs } = cause;
  return {
    kind: 'retry',
    reference,
    code,
    afterMs: afterMs ?? 0,
    jws,
    ...(problem === null ? {} : { problem }),
    ...(clockOffsetMs === null ? {} : { clockOffsetMs }),
  };
}

function toRefused({ reference }: Outgoing, problem: Problem, clockOffsetMs: number | null): Refused {
  const ofClock = problem.code === 'iat-stale' || problem.code === 'iat-in-future';
  return {
    kind: 'refused',
    reference,
    by: 'hub',
    problem,
    ...(ofClock && clockOffsetMs !== null ? { clockOffsetMs } : {}),
  };
}

/** What the answer to one message says became of it. @throws ClientError `answer-not-understood`. */
export type JudgeAnswer = (message: Outgoing, answer: Answered) => Promise<Submitted>;

interface JudgeDeps {
  readonly trust: MemberTrust;
  readonly directories: DirectorySource;
  readonly directory: DirectoryIndex;
}

/** Where the receipt's key is newer than the directory held, that is fetched again before the receipt is rejected. */
async function checkReceipt(
  message: Outgoing,
  claim: { readonly receipt: string; readonly referralId: string },
  { trust, directories, directory }: JudgeDeps,
): Promise<ReceiptResult> {
  const { digest, reference } = message;
  const expect = { payloadDigest: digest, providerReference: reference, referralId: claim.referralId };
  const checkWith = (index: DirectoryIndex): Promise<ReceiptResult> =>
    verifyReceipt(claim.receipt, { ...trust, hubKeys: { kind: 'directory', directory: index } }, expect);
  const result = await checkWith(directory);
  if (result.ok || result.code !== 'key-unknown') return result;
  const newest = await directories.refetch();
  return newest.kind === 'current' ? checkWith(newest.directory) : result;
}

/** Makes the judge of answers: an acceptance counts with a receipt signed by this hub, for us, for what we signed. */
export function createAnswerJudge(deps: JudgeDeps): JudgeAnswer {
  return async (message, given) => {
    const answer = settle(given);
    if (answer.kind === 'not-now') return toTryAgain(message, answer);
    const { status, clockOffsetMs } = answer;
    if (status !== 200 && status !== 201) {
      const problem = status < 400 ? null : readProblem(answer);
      if (problem === null) throw new ClientError('answer-not-understood');
      return toRefused(message, problem, clockOffsetMs);
    }
    const claim = readBody('submission-api#Submission', answer.text);
    if (claim === undefined) throw new ClientError('answer-not-understood');
    const { reference } = message;
    const result = await checkReceipt(message, claim, deps);
    const rejected = { kind: 'receiptRejected', reference, receipt: claim.receipt } as const;
    if (!result.ok) return { ...rejected, code: result.code };
    const created = status === 201;
    // What is signed only now has to be signed with a key that nobody has withdrawn.
    if (created && result.receipt.keyRevoked !== null) return { ...rejected, code: 'key-revoked' };
    const { referralId } = claim;
    return { kind: created ? 'accepted' : 'acceptedBefore', reference, referralId, receipt: result.receipt };
  };
}
