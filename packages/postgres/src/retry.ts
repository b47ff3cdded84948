import { describeDatabaseError, retryRuleOf } from './database-error.ts';
import type { Log } from './log.ts';
import { retryDelayMs } from './retry-table.ts';
import { sleep as realSleep } from './sleep.ts';
import type { Sleep } from './sleep.ts';

export interface RetryOptions {
  readonly log: Log;
  /** Attempts in all, the first included. */
  readonly maxAttempts?: number;
  /** Ends the waiting; the last error is then thrown. */
  readonly signal?: AbortSignal;
  readonly sleep?: Sleep;
  readonly random?: () => number;
}

/**
 * Does the work again while the retry table says that trying again helps. The work must be safe to repeat: a commit
 * whose answer was lost may have happened.
 * @throws the last error of the work
 */
export async function withRetry<Result>(work: () => Promise<Result>, options: RetryOptions): Promise<Result> {
  const { log, maxAttempts = 10, signal, sleep = realSleep, random = Math.random } = options;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const rule = retryRuleOf(error);
      if (rule.kind !== 'retry' || attempt >= maxAttempts || signal?.aborted === true) throw error;
      const delayMs = retryDelayMs(rule, { attempt, random });
      const { sqlstate, errno } = describeDatabaseError(error);
      log.debug('database-retry', { attempt, delayMs, sqlstate, errno });
      await sleep(delayMs, signal);
    }
  }
}
