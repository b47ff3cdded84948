import type { Waker } from '@liaison/postgres';
import type { Clock } from '@liaison/service';

/** Wakes a worker at a time to come; of several times the earliest counts. */
export interface Pacer {
  /** Milliseconds since 1970. */
  wakeAt(atMs: number): void;
  close(): void;
}

/** Makes a pacer for a worker's waker. */
export function createPacer(waker: Waker, clock: Clock): Pacer {
  let timer: { readonly handle: NodeJS.Timeout; readonly atMs: number } | undefined;
  const clear = (): void => {
    clearTimeout(timer?.handle);
    timer = undefined;
  };
  return {
    wakeAt(atMs) {
      if (timer !== undefined && timer.atMs <= atMs) return;
      clear();
      const wake = (): void => {
        timer = undefined;
        waker.wake();
      };
      timer = { atMs, handle: setTimeout(wake, Math.max(0, atMs - clock.nowMs())) };
    },
    close: clear,
  };
}
