import { createTestClock } from '@liaison/testkit';
import { expect, test } from 'vitest';
import { keepFresh } from './keep-fresh.ts';

const start = '2027-03-01T12:00:00Z';

test('many who ask at once cost one reading', async () => {
  const gate = Promise.withResolvers<string>();
  let readings = 0;
  const value = keepFresh(async () => {
    readings += 1;
    return gate.promise;
  }, createTestClock(start));
  const asked = [value(), value(), value()];
  gate.resolve('figures');
  expect(await Promise.all(asked)).toEqual(['figures', 'figures', 'figures']);
  expect(readings).toBe(1);
});

test.each([
  [10, 1_000],
  [500, 5_000],
])('what took %i ms to read is kept for %i ms', async (costMs, keptMs) => {
  const clock = createTestClock(start);
  let readings = 0;
  const value = keepFresh(async () => {
    clock.advance(costMs);
    readings += 1;
    return readings;
  }, clock);
  expect(await value()).toBe(1);
  clock.advance(keptMs - 1);
  expect(await value()).toBe(1);
  clock.advance(1);
  expect(await value()).toBe(2);
});

test('a reading that failed is not kept', async () => {
  const results = [Promise.reject(new Error('broken')), Promise.resolve('figures')];
  const value = keepFresh(async () => results.shift() ?? Promise.resolve('more'), createTestClock(start));
  await expect(value()).rejects.toThrow('broken');
  expect(await value()).toBe('figures');
});
