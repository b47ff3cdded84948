import { audienceOf, limits, type Membership, type Problem } from '@liaison/contracts';
import { signMessage, type SigningKey } from '@liaison/seal';
import { ClientError } from '../client-error.ts';
import { settle, type NotNow } from '../http/not-now.ts';
import { readProblem } from '../http/problem.ts';
import type { Transport } from '../http/transport.ts';
import { backoffMs, type RetryDeps } from '../submit/deliver.ts';

/** What came of a read. */
export type ReadAnswer =
  | { readonly kind: 'answered'; readonly text: string }
  | { readonly kind: 'refused'; readonly problem: Problem }
  | NotNow;

/** What reading needs. */
export type ReadDeps = RetryDeps & {
  readonly membership: Membership;
  readonly signingKey: SigningKey;
  readonly transport: Transport;
  readonly newId: () => string;
};

/** A token for one read: this method, this address without query, 60 seconds (the shape of RFC 9449, 4.2). */
async function signRequest(htu: string, deps: ReadDeps): Promise<string> {
  const { membership, signingKey, clock, newId } = deps;
  const issuedAtMs = clock.nowMs();
  const exp = Math.floor(issuedAtMs / 1000) + limits.requestMaxLifeSeconds;
  const { jws } = await signMessage(
    {
      typ: 'request+jws',
      issuer: membership.participantId,
      audience: audienceOf(membership.instance, membership.hub),
      id: newId(),
      issuedAtMs,
      payload: { exp, htm: 'GET', htu },
    },
    signingKey,
  );
  return jws;
}

async function readOnce(path: string, query: URLSearchParams, deps: ReadDeps): Promise<ReadAnswer> {
  const htu = `${deps.membership.submissionApi}${path}`;
  const headers = { Authorization: `Bearer ${await signRequest(htu, deps)}` };
  const url = query.size === 0 ? htu : `${htu}?${query.toString()}`;
  const answer = settle(await deps.transport.send({ method: 'GET', url, headers, signal: deps.signal }));
  if (answer.kind === 'not-now') return answer;
  if (answer.status === 200) return { kind: 'answered', text: answer.text };
  const problem = answer.status < 400 ? null : readProblem(answer);
  if (problem === null) throw new ClientError('answer-not-understood');
  return { kind: 'refused', problem };
}

/**
 * Reads what the hub tells this sender, each attempt with a token of its own.
 * @param path absolute, without query.
 * @throws ClientError `answer-not-understood`.
 */
export async function authorisedGet(
  path: string,
  query: URLSearchParams,
  deps: ReadDeps,
): Promise<ReadAnswer> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await readOnce(path, query, deps);
    if (answer.kind !== 'not-now') return answer;
    const waitMs = Math.max(answer.afterMs ?? 0, backoffMs(attempt, deps));
    if (attempt >= deps.retry.attempts || waitMs > deps.retry.longestWaitMs) {
      return { ...answer, afterMs: waitMs };
    }
    await deps.wait(waitMs, deps.signal);
  }
}
