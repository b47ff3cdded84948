import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  at,
  createAnchor,
  createDirectory,
  minuteMs,
  nowMs,
  sign,
  trusting,
} from '../fixtures/create-directory.ts';
import { createDirectoryHolder, type DirectoryHolder } from './directory-holder.ts';

const anchor = createAnchor();
const trust = trusting(anchor);
const second = 1_000;

function issue(sequence: number, issuedAtMs: number): Promise<string> {
  return sign(createDirectory({ sequence, issuedAt: at(issuedAtMs) }), anchor);
}

async function holding(...documents: readonly string[]): Promise<DirectoryHolder> {
  const holder = createDirectoryHolder(trust);
  for (const jws of documents) await holder.offer(jws);
  return holder;
}

function sequenceAt(holder: DirectoryHolder, ms: number): number | null {
  return holder.current(ms)?.document.sequence ?? null;
}

describe('the directory that a holder gives', () => {
  test('is none before one was offered', () => {
    expect(createDirectoryHolder(trust).current(nowMs)).toBeNull();
  });

  test.each([
    ['just issued', 0, 1],
    ['a moment before it expires', 10 * minuteMs - 1, 1],
    ['the moment it expires', 10 * minuteMs, null],
    ['a year later', 525_600 * minuteMs, null],
  ])('%s', async (_when, afterMs, sequence) => {
    expect(sequenceAt(await holding(await issue(1, nowMs)), nowMs + afterMs)).toBe(sequence);
  });

  test.each([
    ['by a clock that is a little slow', 10 * minuteMs, 1],
    ['by a clock that is slower than intake allows', 10 * minuteMs + 1, null],
    ['by a clock that is an hour slow', 60 * minuteMs, null],
  ])('not yet issued %s', async (_how, aheadMs, sequence) => {
    expect(sequenceAt(await holding(await issue(1, nowMs + aheadMs)), nowMs)).toBe(sequence);
  });

  test('comes back by itself when a fresh one is offered after the last has expired', async () => {
    const holder = await holding(await issue(1, nowMs));
    const laterMs = nowMs + 30 * minuteMs;
    expect(sequenceAt(holder, laterMs)).toBeNull();
    await holder.offer(await issue(2, laterMs));
    expect(sequenceAt(holder, laterMs)).toBe(2);
  });
});

describe('an offer', () => {
  test('of the same document again is taken, and changes nothing', async () => {
    const jws = await issue(1, nowMs);
    const holder = await holding(jws);
    const before = holder.current(nowMs);
    expect(await holder.offer(jws)).toEqual({ kind: 'taken', directory: before });
    expect(holder.current(nowMs)).toBe(before);
  });

  test('that does not verify is refused with its code, and the one held stays', async () => {
    const holder = await holding(await issue(1, nowMs));
    const foreign = await sign(createDirectory({ sequence: 2 }), createAnchor());
    expect(await holder.offer(foreign)).toEqual({ kind: 'refused', code: 'key-unknown' });
    expect(await holder.offer('')).toEqual({ kind: 'refused', code: 'part-count-wrong' });
    expect(sequenceAt(holder, nowMs)).toBe(1);
  });

  test('of an older issue is left aside, even once the newer one has expired', async () => {
    const older = await issue(1, nowMs);
    const newer = await issue(2, nowMs + minuteMs);
    const holder = await holding(newer);
    expect(await holder.offer(older)).toEqual({ kind: 'older' });
    expect(sequenceAt(holder, nowMs + 2 * minuteMs)).toBe(2);
    expect(sequenceAt(holder, nowMs + 11 * minuteMs)).toBeNull();
  });

  test('of an older issue is left aside where another router with a clock ahead had made it', async () => {
    const holder = await holding(await issue(2, nowMs));
    expect(await holder.offer(await issue(1, nowMs + 5 * second))).toEqual({ kind: 'older' });
  });

  test('of a hub that was restored from a backup is taken once the last issue from before it has expired', async () => {
    const holder = await holding(await issue(5_000, nowMs));
    expect(await holder.offer(await issue(4_001, nowMs + 9 * minuteMs))).toEqual({ kind: 'older' });
    expect(await holder.offer(await issue(4_002, nowMs + 10 * minuteMs))).toMatchObject({ kind: 'taken' });
    expect(sequenceAt(holder, nowMs + 11 * minuteMs)).toBe(4_002);
  });
});

describe('whatever the order in which issues arrive, and however often', () => {
  const issues: string[] = [];
  beforeAll(async () => {
    for (let index = 0; index < 12; index += 1) issues.push(await issue(index + 1, nowMs + index * minuteMs));
  });

  test('a holder keeps the newest of those that it has seen, and never goes back', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 11 }), { minLength: 1, maxLength: 8 }), async (order) => {
        const holder = createDirectoryHolder(trust);
        let newest = 0;
        for (const index of order) {
          await holder.offer(issues[index] ?? '');
          // Issue 12 comes after issue 1 has expired, and yet is never undone by it.
          newest = Math.max(newest, index);
          expect(sequenceAt(holder, nowMs + newest * minuteMs)).toBe(newest + 1);
        }
      }),
      { numRuns: 30 },
    );
  });
});
