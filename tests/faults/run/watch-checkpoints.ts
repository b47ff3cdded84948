import { setTimeout as sleep } from 'node:timers/promises';
import { addressesOf, type RunningLocal } from '@liaison/local';

/** An outsider who looks at the log now and then, and keeps what he has seen. */
export interface CheckpointWatch {
  /** Signed checkpoints as they were served. */
  readonly seen: ReadonlySet<string>;
  stop(): Promise<void>;
}

const lookMs = 500;

export function watchCheckpoints(local: RunningLocal): CheckpointWatch {
  const stopping = new AbortController();
  const seen = new Set<string>();
  const look = async (): Promise<void> => {
    const response = await fetch(`${addressesOf(local.ports).log}/log/checkpoint`, {
      signal: AbortSignal.timeout(3_000),
    });
    if (response.ok) seen.add(await response.text());
  };
  const watch = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      // While the audit service is down there is nothing to see.
      await look().catch(() => undefined);
      await sleep(lookMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const watching = watch();
  return {
    seen,
    async stop() {
      stopping.abort();
      await watching;
    },
  };
}
