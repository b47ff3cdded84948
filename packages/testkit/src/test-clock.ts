/** A clock that moves when a test says so. */
export interface TestClock {
  nowMs(): number;
  advance(ms: number): void;
}

/** Makes a clock that stands at a time, given as RFC 3339. */
export function createTestClock(start: string): TestClock {
  let nowMs = Date.parse(start);
  return {
    nowMs: () => nowMs,
    advance: (ms) => {
      nowMs += ms;
    },
  };
}
