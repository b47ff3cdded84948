import { describeDatabaseError, retryRuleOf } from './database-error.ts';
import type { Log } from './log.ts';
import { retryDelayMs } from './retry-table.ts';
import { sleep as realSleep } from './sleep.ts';
import type { Sleep } from './sleep.ts';
import type { Waker } from './waker.ts';

export interface WorkerOptions {
  /** Shown in logs. */
  readonly name: string;
  /** One bounded piece of work, all of it in one transaction; `more` when there may be more to do right now. */
  readonly work: () => Promise<'more' | 'idle'>;
  readonly waker: Waker;
  /** Longest pause when nothing wakes: notifications can be lost. Default 1 s. */
  readonly pollMs?: number;
  /** Ends the worker after the piece of work it is doing. */
  readonly signal: AbortSignal;
  readonly log: Log;
  readonly sleep?: Sleep;
  readonly random?: () => number;
}

/**
 * Works until the signal is aborted: on while there is more, then until woken, at the latest each `pollMs`. Whatever
 * the work throws is logged by its codes and followed by a pause from the retry table, which grows while it goes on
 * failing and which waking does not shorten; a worker never dies of it.
 * @returns when the work under way at the abort has ended
 */
export async function runWorker(options: WorkerOptions): Promise<void> {
  const { name, work, waker, pollMs = 1_000, signal, log, sleep = realSleep, random = Math.random } = options;
  let failures = 0;
  while (!signal.aborted) {
    try {
      const outcome = await work();
      failures = 0;
      if (outcome === 'idle') await waitForWake({ waker, pollMs, signal, sleep });
    } catch (error) {
      failures += 1;
      const rule = retryRuleOf(error);
      const delayMs = retryDelayMs(rule, { attempt: failures, random });
      const level = rule.kind === 'retry' ? 'warn' : 'error';
      log[level]('work-failed', { worker: name, failures, delayMs, ...describeFailure(error) });
      await sleep(delayMs, signal);
    }
  }
}

const waitEnded = 'the wait has ended';

async function waitForWake(options: {
  waker: Waker;
  pollMs: number;
  signal: AbortSignal;
  sleep: Sleep;
}): Promise<void> {
  const { waker, pollMs, signal, sleep } = options;
  if (signal.aborted) return;
  // Not AbortSignal.any: one more signal per wait would hang on the worker's for as long as it lives.
  const ending = new AbortController();
  const end = () => {
    // Without a reason of ours an error would be built, trace and all, for every wait.
    ending.abort(waitEnded);
  };
  signal.addEventListener('abort', end, { once: true });
  await waker.wait(sleep(pollMs, ending.signal));
  signal.removeEventListener('abort', end);
  end();
}

/** Codes only: a message may quote what was worked on. */
function describeFailure(error: unknown): Record<string, string | null> {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : null;
  const name = error instanceof Error ? error.name : typeof error;
  return { error: name, code: typeof code === 'string' ? code : null, ...describeDatabaseError(error) };
}
