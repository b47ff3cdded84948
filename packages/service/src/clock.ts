/** The time, as an argument: tests bring their own. */
export interface Clock {
  /** Milliseconds since 1970. */
  nowMs(): number;
}

/** The machine's clock. */
export const systemClock: Clock = { nowMs: () => Date.now() };

/** RFC 3339, UTC, milliseconds: how Liaison writes every time. */
export function formatUtc(ms: number): string {
  return new Date(ms).toISOString();
}
