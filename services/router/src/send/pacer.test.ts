import { createWaker } from '@liaison/postgres';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPacer, type Pacer } from './pacer.ts';

let pacer: Pacer;
let wakes: number[];
const startMs = Date.UTC(2026, 2, 2, 12);
/** The test's time, as far ahead of the start. */
const after = (ms: number): number => startMs + ms;

beforeEach(() => {
  vi.useFakeTimers({ now: startMs });
  wakes = [];
  const waker = { ...createWaker(), wake: () => void wakes.push(Date.now() - startMs) };
  pacer = createPacer(waker, { nowMs: () => Date.now() });
});
afterEach(() => {
  pacer.close();
  vi.useRealTimers();
});

test('it wakes at the time, and once', () => {
  pacer.wakeAt(after(100));
  vi.advanceTimersByTime(99);
  expect(wakes).toEqual([]);
  vi.advanceTimersByTime(10_000);
  expect(wakes).toEqual([100]);
});

test('of several times the earliest counts, in whatever order they come', () => {
  for (const ms of [300, 100, 200]) pacer.wakeAt(after(ms));
  vi.advanceTimersByTime(10_000);
  expect(wakes).toEqual([100]);
});

test('after it has woken it wakes again, at a later time too', () => {
  pacer.wakeAt(after(100));
  vi.advanceTimersByTime(150);
  pacer.wakeAt(after(400));
  vi.advanceTimersByTime(10_000);
  expect(wakes).toEqual([100, 400]);
});

test('a time that has passed wakes at the next turn', () => {
  pacer.wakeAt(after(-5_000));
  expect(wakes).toEqual([]);
  vi.advanceTimersByTime(0);
  expect(wakes).toHaveLength(1);
});

test('closed, it wakes nobody', () => {
  pacer.wakeAt(after(100));
  pacer.close();
  vi.advanceTimersByTime(10_000);
  expect(wakes).toEqual([]);
});
