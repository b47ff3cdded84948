/** The time, as an argument. */
export interface Clock {
  /** Milliseconds since 1970. */
  nowMs(): number;
}

/** Waits; rejects when the signal aborts. `setTimeout` of `node:timers/promises` with its arguments in this order. */
export type Wait = (ms: number, signal?: AbortSignal) => Promise<void>;
