import type { Clock } from './clock.ts';
import { codesOf } from './coded-error.ts';
import type { Log } from './log.ts';

/** Checks that do the real operation: reaching a port proves nothing. */
export type ReadinessChecks = Readonly<Record<string, () => Promise<void>>>;

/** What the checks found: the names of those that failed. */
export interface ReadinessReport {
  readonly ready: boolean;
  readonly failed: readonly string[];
}

/** Runs the checks, at most once in `cacheMs`: a probe from outside must not become load. */
export function createReadiness(options: {
  readonly checks: ReadinessChecks;
  readonly clock: Clock;
  readonly log: Log;
  readonly cacheMs?: number;
}): () => Promise<ReadinessReport> {
  const cacheMs = options.cacheMs ?? 1_000;
  let last: { atMs: number; report: Promise<ReadinessReport> } | undefined;
  const run = async (): Promise<ReadinessReport> => {
    const failed: string[] = [];
    for (const [name, check] of Object.entries(options.checks)) {
      try {
        await check();
      } catch (error) {
        options.log.warn('readiness-check-failed', { check: name, codes: codesOf(error) });
        failed.push(name);
      }
    }
    return { ready: failed.length === 0, failed };
  };
  return () => {
    const nowMs = options.clock.nowMs();
    if (last === undefined || nowMs - last.atMs >= cacheMs) last = { atMs: nowMs, report: run() };
    return last.report;
  };
}
