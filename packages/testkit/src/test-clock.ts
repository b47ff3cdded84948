/** A clock that a test can move. */
export interface TestClock {
  nowMs(): number;
  advance(ms: number): void;
}

/** Makes a clock that runs as the machine's does, from which a test can jump ahead. */
export function createShiftedClock(): TestClock {
  let shiftMs = 0;
  return {
    nowMs: () => Date.now() + shiftMs,
    advance: (ms) => {
      shiftMs += ms;
    },
  };
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
