import type { Sleep } from '@liaison/postgres';
import type { Clock } from '@liaison/service';

/** Spaces pieces of work out, so that under load each takes more and fewer checkpoints are signed. */
export interface Pace {
  /** Waits for the turn: none when it was quiet or when the last piece left some over. */
  wait(signal: AbortSignal): Promise<void>;
  /** To be told what the piece of work that began at the last turn came to. */
  ended(outcome: 'nothing' | 'some' | 'full'): void;
}

/** A pace with at least `intervalMs` between the beginnings of pieces that found something and left nothing. */
export function createPace(options: {
  readonly intervalMs: number;
  readonly clock: Clock;
  readonly sleep: Sleep;
}): Pace {
  const { intervalMs, clock, sleep } = options;
  let beganMs = 0;
  let nextMs = 0;
  return {
    async wait(signal) {
      // A clock that was set back must not make it wait for longer than the interval.
      const delayMs = Math.min(nextMs - clock.nowMs(), intervalMs);
      if (delayMs > 0) await sleep(delayMs, signal);
      beganMs = clock.nowMs();
    },
    ended(outcome) {
      nextMs = outcome === 'some' ? beganMs + intervalMs : 0;
    },
  };
}
