import { expect, test } from 'vitest';
import { findHighestRate, judgeRate, type RateTrial } from './rate-search.ts';

/** A trial of ten seconds at 100/s, all of it submitted, whose backlog follows a rule. */
function trialOf(backlogAt: (second: number) => number, changes: Partial<RateTrial> = {}): RateTrial {
  const samples = Array.from({ length: 20 }, (_one, index) => ({
    atMs: index * 500,
    referrals: backlogAt(index / 2),
  }));
  return { rate: 100, seconds: 10, submitted: 1000, samples, ...changes };
}

test('a backlog that swings about a level is held', () => {
  const verdict = judgeRate(trialOf((second) => 40 + 10 * Math.sin(second * 3)));
  expect(verdict.held).toBe(true);
  expect(Math.abs(verdict.growthPerSecond)).toBeLessThan(3);
});

test('a backlog that only fills at the beginning is held', () => {
  expect(judgeRate(trialOf((second) => Math.min(second, 2) * 40)).held).toBe(true);
});

test('a backlog that grows by a twentieth of the rate is not held', () => {
  const verdict = judgeRate(trialOf((second) => second * 5));
  expect(verdict.growthPerSecond).toBeCloseTo(5);
  expect(verdict.held).toBe(false);
});

test('a backlog of more than three seconds is not held, though it grows no more', () => {
  expect(judgeRate(trialOf(() => 299)).held).toBe(true);
  expect(judgeRate(trialOf(() => 301)).held).toBe(false);
});

test('a rate that was not submitted was not held, and one that nobody watched neither', () => {
  expect(judgeRate(trialOf(() => 0, { submitted: 979 })).held).toBe(false);
  expect(judgeRate(trialOf(() => 0, { submitted: 981 })).held).toBe(true);
  expect(judgeRate(trialOf(() => 0, { samples: [] })).held).toBe(false);
});

const range = { low: 50, high: 400, step: 25 };

test.each([50, 75, 225, 390, 400, 1000])('a limit of %i is found to the step', async (limit) => {
  const tried: number[] = [];
  const found = await findHighestRate(range, (rate) => {
    tried.push(rate);
    return Promise.resolve(rate <= limit);
  });
  expect(found).toBe(Math.min(400, Math.floor(limit / 25) * 25));
  expect(tried.length).toBeLessThanOrEqual(4);
});

test('nothing is found where the lowest is not held', async () => {
  expect(await findHighestRate(range, () => Promise.resolve(false))).toBeNull();
});
