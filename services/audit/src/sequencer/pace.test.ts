import { createTestClock, type TestClock } from '@liaison/testkit';
import { expect, test } from 'vitest';
import { createPace, type Pace } from './pace.ts';

const { signal } = new AbortController();

function createTestPace(): { pace: Pace; clock: TestClock; waits: number[] } {
  const clock = createTestClock('2027-03-01T12:00:00Z');
  const waits: number[] = [];
  const pace = createPace({
    intervalMs: 200,
    clock,
    sleep: async (delayMs) => {
      waits.push(delayMs);
      clock.advance(delayMs);
    },
  });
  return { pace, clock, waits };
}

test('the first piece of work waits for nothing, the next one for the rest of the interval', async () => {
  const { pace, clock, waits } = createTestPace();
  await pace.wait(signal);
  clock.advance(30);
  pace.ended('some');
  await pace.wait(signal);
  expect(waits).toEqual([170]);
});

test('after a quiet time there is nothing to wait for', async () => {
  const { pace, clock, waits } = createTestPace();
  await pace.wait(signal);
  pace.ended('some');
  clock.advance(200);
  await pace.wait(signal);
  pace.ended('nothing');
  await pace.wait(signal);
  expect(waits).toEqual([]);
});

test('a backlog is worked off without a pause', async () => {
  const { pace, waits } = createTestPace();
  for (let piece = 0; piece < 5; piece += 1) {
    await pace.wait(signal);
    pace.ended('full');
  }
  expect(waits).toEqual([]);
});

test('a clock that is set back makes it wait for the interval and no longer', async () => {
  const { pace, clock, waits } = createTestPace();
  await pace.wait(signal);
  pace.ended('some');
  clock.advance(-3_600_000);
  await pace.wait(signal);
  expect(waits).toEqual([200]);
});
