/** Wakes a worker that waits. A wake while it works is kept for its next wait; several count as one. */
export interface Waker {
  wake(): void;
  /** Resolves at the next wake, at once when one is kept, and at the latest when `pause` does. For one waiter. */
  wait(pause: Promise<void>): Promise<void>;
}

export function createWaker(): Waker {
  let isAwake = false;
  let endWait: (() => void) | undefined;
  return {
    wake() {
      isAwake = true;
      endWait?.();
    },
    async wait(pause) {
      if (!isAwake) {
        const woken = new Promise<void>((resolve) => {
          endWait = resolve;
        });
        await Promise.race([woken, pause]);
        endWait = undefined;
      }
      // Whatever came until now is answered by the work that follows.
      isAwake = false;
    },
  };
}
