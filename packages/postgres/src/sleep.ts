import { setTimeout } from 'node:timers/promises';

/** Resolves after the delay, or at once when the signal is aborted; never rejects. */
export type Sleep = (delayMs: number, signal?: AbortSignal) => Promise<void>;

export const sleep: Sleep = async (delayMs, signal) => {
  try {
    await setTimeout(delayMs, undefined, signal === undefined ? {} : { signal });
  } catch {
    // Aborted: whoever waits looks at the signal himself.
  }
};
