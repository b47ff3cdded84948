import type { Clock } from '../clock.ts';
import { readBounded } from './read-bounded.ts';
import { readRateLimit } from './read-rate-limit.ts';
import { readRetryAfter } from './read-retry-after.ts';

/** The platform's `fetch`, or one that behaves as it does. */
export type Fetch = typeof globalThis.fetch;

/** A request to the hub. */
interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal | undefined;
}

/** What came back, whole. */
export interface Answered {
  readonly kind: 'answered';
  readonly status: number;
  readonly text: string;
  /** What `Retry-After` (RFC 9110, 10.2.3) asks for, or a quota that is used up, milliseconds. */
  readonly retryAfterMs: number | null;
  /** By how much the other side's clock is ahead of ours (its `Date`), milliseconds; null where it does not say. */
  readonly clockOffsetMs: number | null;
}

/** Nothing came back, or not all of it: whether the request had an effect is not known. */
export interface Unreachable {
  readonly kind: 'unreachable';
  /** Code of the network's error. */
  readonly code: string;
}

/** Sends requests, and never throws for what the network does. */
export interface Transport {
  send(request: HttpRequest): Promise<Answered | Unreachable>;
}

/** A directory of 2,000 participants stays below. */
const maxAnswerBytes = 16 * 1024 * 1024;

/** The innermost code of a network error: `fetch` wraps what happened. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { code } = error as { readonly code?: unknown };
  if (typeof code === 'string') return code;
  return error.cause instanceof Error ? codeOf(error.cause) : error.name;
}

/**
 * Makes the transport. Redirects are not followed: a token is for one address.
 * @param options `timeoutMs` for a request with its answer, milliseconds.
 */
export function createTransport(options: {
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly timeoutMs: number;
}): Transport {
  const { fetch, clock, timeoutMs } = options;
  return {
    async send({ method, url, headers = {}, body, signal }) {
      const timeout = AbortSignal.timeout(timeoutMs);
      try {
        const response = await fetch(url, {
          method,
          headers,
          redirect: 'manual',
          signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
          ...(body === undefined ? {} : { body }),
        });
        const text = await readBounded(response, maxAnswerBytes);
        const nowMs = clock.nowMs();
        const date = Date.parse(response.headers.get('date') ?? '');
        return {
          kind: 'answered',
          status: response.status,
          text,
          retryAfterMs:
            readRetryAfter(response.headers.get('retry-after'), nowMs) ??
            readRateLimit(response.headers.get('ratelimit')),
          clockOffsetMs: Number.isNaN(date) ? null : date - nowMs,
        };
      } catch (error) {
        signal?.throwIfAborted();
        return { kind: 'unreachable', code: codeOf(error) };
      }
    },
  };
}
