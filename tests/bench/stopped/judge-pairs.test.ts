import { expect, test } from 'vitest';
import { judgePairs } from './run-stopped.ts';

function pair(withoutP99: number, withP99: number): { withoutP99: number; withP99: number; waiting: number } {
  return { withoutP99, withP99, waiting: 5_000 };
}

test('one bad pair of three does not decide', () => {
  const verdict = judgePairs([pair(100, 120), pair(110, 900), pair(90, 100)]);
  expect(verdict).toMatchObject({ medianWithout: 100, medianDifference: 20, held: true });
});

test('50 ms are allowed where 20 percent are less, and no more', () => {
  expect(judgePairs([pair(100, 150)])).toMatchObject({ allowedDifference: 50, held: true });
  expect(judgePairs([pair(100, 151)]).held).toBe(false);
});

test('20 percent are allowed where they are more than 50 ms', () => {
  expect(judgePairs([pair(1_000, 1_200)])).toMatchObject({ allowedDifference: 200, held: true });
  expect(judgePairs([pair(1_000, 1_201)]).held).toBe(false);
});

test('what was not measured was not held', () => {
  expect(judgePairs([]).held).toBe(false);
});
