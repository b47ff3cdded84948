import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRateLimit, tightestOf, type Quota } from './rate-limits.ts';

// The window runs on the process's own time.
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('a quota counts down to nothing, for each key by itself', async () => {
  const limit = createRateLimit({ name: 'sender', perMinute: 2 });
  const asked = [await limit.consume('one'), await limit.consume('one'), await limit.consume('one')];
  expect(asked.map(({ allowed, remaining }) => [allowed, remaining])).toEqual([
    [true, 1],
    [true, 0],
    [false, 0],
  ]);
  expect(await limit.consume('other')).toEqual({ allowed: true, remaining: 1, resetSeconds: 60 });
});

test('it is whole again after the seconds that it told, and asking in vain does not put that off', async () => {
  const limit = createRateLimit({ name: 'sender', perMinute: 1 });
  await limit.consume('one');
  vi.advanceTimersByTime(20_500);
  const { allowed, resetSeconds } = await limit.consume('one');
  expect([allowed, resetSeconds]).toEqual([false, 40]);
  vi.advanceTimersByTime(resetSeconds * 1_000 - 1_000);
  expect((await limit.consume('one')).allowed).toBe(false);
  vi.advanceTimersByTime(1_000);
  expect(await limit.consume('one')).toEqual({ allowed: true, remaining: 0, resetSeconds: 60 });
});

test('its headers are those of the draft: policy with quota and window, what is left and until when', () => {
  const limit = createRateLimit({ name: 'address', perMinute: 30 });
  expect(limit.headersOf({ allowed: true, remaining: 7, resetSeconds: 12 })).toEqual({
    'RateLimit-Policy': '"address";q=30;w=60',
    RateLimit: '"address";r=7;t=12',
  });
});

test('of several quotas the one of which least is left is told; of none, none', () => {
  const quota = (remaining: number): Quota => ({ allowed: true, remaining, resetSeconds: 60 });
  expect(tightestOf([quota(3), quota(1), quota(2)])).toEqual(quota(1));
  expect(tightestOf([])).toBeNull();
});
