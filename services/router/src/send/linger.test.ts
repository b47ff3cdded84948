import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parcelDueMs, type Waiting } from './linger.ts';

const fullCount = 100;
const nowMs = Date.UTC(2026, 2, 2, 12);
const quiet: Waiting = { addresseeId: 'cp-be', count: 1, oldestMs: nowMs, urgent: false };

const anyWaiting = fc.record({
  addresseeId: fc.constant('cp-be'),
  count: fc.integer({ min: 1, max: 300 }),
  oldestMs: fc.integer({ min: nowMs - 1_000_000, max: nowMs }),
  urgent: fc.boolean(),
});

describe('a parcel is due', () => {
  test('a tenth of a second after its oldest message when quiet, half a second under load', () => {
    const lingering = [0, 30, 60, 10_000].map((inAll) => parcelDueMs(quiet, inAll, fullCount) - nowMs);
    expect(lingering).toEqual([100, 200, 500, 500]);
  });

  test('at once where something in it is urgent, or it is full', () => {
    fc.assert(
      fc.property(anyWaiting, fc.nat(100_000), (waiting, others) => {
        const inAll = waiting.count + others;
        const urgent = { ...waiting, urgent: true };
        expect(parcelDueMs(urgent, inAll, fullCount)).toBe(waiting.oldestMs);
        const full = { ...waiting, count: fullCount };
        expect(parcelDueMs(full, inAll, fullCount)).toBe(waiting.oldestMs);
      }),
    );
  });

  test('never before its oldest message, and never more than half a second after it', () => {
    fc.assert(
      fc.property(anyWaiting, fc.nat(100_000), (waiting, others) => {
        const lingerMs = parcelDueMs(waiting, waiting.count + others, fullCount) - waiting.oldestMs;
        expect(lingerMs).toBeGreaterThanOrEqual(0);
        expect(lingerMs).toBeLessThanOrEqual(500);
      }),
    );
  });

  test('no earlier for a longer backlog, where it waits for company at all', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(200), (inAll, more) => {
        const due = parcelDueMs(quiet, inAll, fullCount);
        expect(parcelDueMs(quiet, inAll + more, fullCount)).toBeGreaterThanOrEqual(due);
        expect(due).toBeGreaterThanOrEqual(nowMs + 100);
      }),
    );
  });
});
