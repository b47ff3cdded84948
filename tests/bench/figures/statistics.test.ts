import { expect, test } from 'vitest';
import { latenciesOf, mean, median, percentile, slopeOf } from './statistics.ts';

const hundred = Array.from({ length: 100 }, (_one, index) => 100 - index);

test.each([
  [0.5, 50],
  [0.95, 95],
  [0.99, 99],
  [1, 100],
  [0, 1],
])('of 1 to 100 in any order, the share %d lies at or below %i', (share, expected) => {
  expect(percentile(hundred, share)).toBe(expected);
});

test('a single value is every percentile, and no value is none', () => {
  expect(percentile([7], 0.01)).toBe(7);
  expect(percentile([], 0.5)).toBeNull();
});

test('the median of an even number lies between the two in the middle', () => {
  expect(median([9, 1, 4])).toBe(4);
  expect(median([9, 1, 4, 5])).toBe(4.5);
  expect(median([])).toBeNull();
});

test('the mean of nothing is nothing', () => {
  expect(mean([1, 2, 6])).toBe(3);
  expect(mean([])).toBeNull();
});

test('a line gives its slope, and one point gives none', () => {
  const line = [0, 1, 2, 3].map((x) => ({ x, y: 5 - 2 * x }));
  expect(slopeOf(line)).toBeCloseTo(-2);
  expect(slopeOf([{ x: 1, y: 1 }])).toBe(0);
  expect(slopeOf([])).toBe(0);
});

test('latencies are summed up from the values, which stay in their order', () => {
  const values = [30, 10, 20];
  expect(latenciesOf(values)).toEqual({ count: 3, p50: 20, p95: 30, p99: 30, max: 30 });
  expect(values).toEqual([30, 10, 20]);
  expect(latenciesOf([])).toEqual({ count: 0, p50: null, p95: null, p99: null, max: null });
});
