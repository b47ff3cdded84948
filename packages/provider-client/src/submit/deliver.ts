import { setTimeout } from 'node:timers/promises';
import type { Clock, Wait } from '../clock.ts';
import { isFresh, type Outgoing, type SignReferral } from './outgoing.ts';
import type { Submitted } from './submitted.ts';

/** How long and how often to try. */
export interface RetryPolicy {
  /** Times a request is sent at most, the first included. */
  readonly attempts: number;
  /** The wait before the second attempt, milliseconds; it doubles from there, and half of it is random. */
  readonly firstWaitMs: number;
  /** The longest wait, milliseconds; where the hub asks for more, the caller gets `retry` at once. */
  readonly longestWaitMs: number;
}

export const defaultRetryPolicy: RetryPolicy = { attempts: 5, firstWaitMs: 500, longestWaitMs: 30_000 };

/** What trying again needs. */
export interface RetryDeps {
  readonly clock: Clock;
  readonly wait: Wait;
  /** A number from 0 to 1: senders that failed together do not come back together. */
  readonly random: () => number;
  readonly retry: RetryPolicy;
  readonly signal: AbortSignal | undefined;
}

export const waitForTimer: Wait = async (ms, signal) => {
  await setTimeout(ms, undefined, { signal });
};

/** The wait after an attempt (from 1), milliseconds. */
export function backoffMs(attempt: number, { retry, random }: Pick<RetryDeps, 'retry' | 'random'>): number {
  const full = Math.min(retry.firstWaitMs * 2 ** (attempt - 1), retry.longestWaitMs);
  return Math.round(full / 2 + (full / 2) * random());
}

/** Sends messages once and says of each, in their order, what became of it. */
export type SendOnce = (messages: readonly Outgoing[]) => Promise<readonly Submitted[]>;

interface Pending {
  readonly index: number;
  readonly message: Outgoing;
  /** Whether these bytes were sent before, so that staleness may be their own and not the clock's. */
  readonly resent: boolean;
  /** Whether the hub found these bytes stale. */
  readonly stale: boolean;
}

/** Stale bytes that can be signed anew are no refusal yet. */
function isOnlyStale({ resent, message }: Pending, submitted: Submitted): boolean {
  const stale = submitted.kind === 'refused' && submitted.problem.code === 'iat-stale';
  return stale && resent && message.payload !== null;
}

/** What goes again: the same bytes while they are fresh, else the payload signed anew. */
async function refresh(
  one: Pending,
  { clock, sign }: { clock: Clock; sign: SignReferral },
): Promise<Pending> {
  const { index, message, stale } = one;
  const { payload } = message;
  if (payload === null || (!stale && isFresh(message, clock.nowMs()))) return one;
  return { index, message: await sign(payload), resent: false, stale: false };
}

/** The longest wait that those ask for who have to try again, at least the backoff; 0 where none has to wait. */
function longestWait(results: readonly Submitted[], ownMs: number): number {
  const asked = results.flatMap((one) => (one.kind === 'retry' ? [one.afterMs] : []));
  return asked.length === 0 ? 0 : Math.max(ownMs, ...asked);
}

/**
 * Sends until each message is decided, or the policy says that it is enough. The same bytes go again while they are fresh,
 * after that the payload is signed anew: the hub knows it by its digest and gives the original receipt either way.
 * @returns a result for each message, in their order; `retry` says when to come back.
 */
export async function deliver(
  messages: readonly Outgoing[],
  sendOnce: SendOnce,
  deps: RetryDeps & { readonly sign: SignReferral },
): Promise<Submitted[]> {
  const { retry, signal } = deps;
  const results = new Map<number, Submitted>();
  let waitMs = 0;
  let pending: readonly Pending[] = messages.map((message, index) => ({
    index,
    message,
    resent: false,
    stale: false,
  }));
  for (let attempt = 1; pending.length > 0 && attempt <= retry.attempts; attempt += 1) {
    if (waitMs > retry.longestWaitMs) break;
    if (waitMs > 0) await deps.wait(waitMs, signal);
    const sent = await Promise.all(pending.map((one) => refresh(one, deps)));
    const answers = await sendOnce(sent.map(({ message }) => message));
    pending = sent.flatMap((one, at) => {
      const submitted = answers[at];
      if (submitted === undefined) throw new TypeError('a message came back without a result');
      results.set(one.index, submitted);
      const stale = isOnlyStale(one, submitted);
      return stale || submitted.kind === 'retry' ? [{ ...one, resent: true, stale }] : [];
    });
    const open = pending.flatMap(({ index }) => results.get(index) ?? []);
    waitMs = longestWait(open, backoffMs(attempt, deps));
  }
  return messages.flatMap((_, index) => {
    const submitted = results.get(index);
    if (submitted === undefined) return [];
    return submitted.kind === 'retry'
      ? { ...submitted, afterMs: Math.max(submitted.afterMs, waitMs) }
      : submitted;
  });
}
