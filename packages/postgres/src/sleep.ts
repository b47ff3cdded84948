/** Resolves after the delay, or at once when the signal is aborted; never rejects. */
export type Sleep = (delayMs: number, signal?: AbortSignal) => Promise<void>;

// Not that of node:timers/promises: it builds an error, trace and all, for each sleep that is cut short.
export const sleep: Sleep = (delayMs, signal) =>
  new Promise((resolve) => {
    if (signal?.aborted === true) {
      resolve();
      return;
    }
    const wake = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', wake);
      resolve();
    };
    const timer = setTimeout(wake, delayMs);
    signal?.addEventListener('abort', wake, { once: true });
  });
