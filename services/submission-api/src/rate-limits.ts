import { ProblemError } from '@liaison/service';
import type { NextFunction, Request, Response } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** What is left of a quota. */
export interface Quota {
  readonly allowed: boolean;
  readonly remaining: number;
  readonly resetSeconds: number;
}

/** A quota for each key, in a window of one minute. */
export interface RateLimit {
  consume(key: string): Promise<Quota>;
  /** The standard headers (draft-ietf-httpapi-ratelimit-headers). */
  headersOf(quota: Quota): Readonly<Record<string, string>>;
}

const windowSeconds = 60;

function quotaOf(result: RateLimiterRes, allowed: boolean): Quota {
  return {
    allowed,
    remaining: Math.max(0, result.remainingPoints),
    resetSeconds: Math.ceil(result.msBeforeNext / 1000),
  };
}

/** The quota of which least is left; null where there is none. */
export function tightestOf(quotas: readonly Quota[]): Quota | null {
  return quotas.toSorted((left, right) => left.remaining - right.remaining)[0] ?? null;
}

/** Makes a quota kept in this process's memory. */
export function createRateLimit(options: { readonly name: string; readonly perMinute: number }): RateLimit {
  const limiter = new RateLimiterMemory({ points: options.perMinute, duration: windowSeconds });
  return {
    async consume(key) {
      try {
        return quotaOf(await limiter.consume(key), true);
      } catch (error) {
        if (error instanceof RateLimiterRes) return quotaOf(error, false);
        throw error;
      }
    },
    headersOf: ({ remaining, resetSeconds }) => ({
      'RateLimit-Policy': `"${options.name}";q=${options.perMinute};w=${windowSeconds}`,
      RateLimit: `"${options.name}";r=${remaining};t=${resetSeconds}`,
    }),
  };
}

/** The coarse quota for each address, before anything is read. */
export function limitByAddress(limit: RateLimit) {
  return async (req: Request, res: Response, next: NextFunction): Promise<void> => {
    const quota = await limit.consume(req.ip ?? 'unknown');
    if (!quota.allowed) {
      res.set(limit.headersOf(quota));
      throw new ProblemError('rate-exceeded', { retryAfterSeconds: quota.resetSeconds });
    }
    next();
  };
}
