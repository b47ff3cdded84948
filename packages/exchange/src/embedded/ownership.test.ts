import { expect, test } from 'vitest';

import { ExchangeError } from '../exchange-error.ts';
import { createOwnership } from './ownership.ts';

const member = { group: 'group', member: 'member' };

/** An exchange that grants what `granted` holds, and a clock. */
function createBench(granted: Set<string>) {
  let now = 0;
  let gains = 0;
  let isReachable = true;
  const released: string[][] = [];
  const pauses: { delayMs: number; end: () => void }[] = [];
  const ownership = createOwnership({
    statements: {
      async claim(topics) {
        if (!isReachable) throw new ExchangeError('exchange-unavailable');
        return topics.filter((topic) => granted.has(topic));
      },
      async release(topics) {
        released.push([...topics]);
      },
    },
    member,
    topics: () => ['a', 'b'],
    onGained: () => {
      gains += 1;
    },
    log: { debug() {}, info() {}, warn() {}, error() {} },
    now: () => now,
    sleep: async (delayMs) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      pauses.push({ delayMs, end: resolve });
      await promise;
    },
  });
  return {
    ownership,
    released,
    gains: () => gains,
    setReachable: (value: boolean) => {
      isReachable = value;
    },
    /** Lets the time of the pause that it is in go by. */
    passPause: async () => {
      const pause = pauses.shift();
      now += pause?.delayMs ?? 0;
      pause?.end();
      await new Promise<void>((resolve) => void setImmediate(resolve));
    },
  };
}

test('only what was granted is owned, and only news are announced', async () => {
  const { ownership, gains } = createBench(new Set(['a']));
  expect(ownership.owns('a')).toBe(false);
  await ownership.claim();
  await ownership.claim();
  expect([ownership.owns('a'), ownership.owns('b'), gains()]).toEqual([true, false, 1]);
});

test('what is renewed stays owned for as long as it takes', async () => {
  const { ownership, passPause } = createBench(new Set(['a']));
  await ownership.claim();
  const closing = new AbortController();
  const kept = ownership.keep(closing.signal);
  for (let count = 0; count < 10; count += 1) await passPause();
  expect(ownership.owns('a')).toBe(true);
  closing.abort();
  await passPause();
  await kept;
});

test('what cannot be renewed is given up before the exchange gives it to another', async () => {
  const { ownership, passPause, setReachable } = createBench(new Set(['a']));
  await ownership.claim();
  setReachable(false);
  const closing = new AbortController();
  const kept = ownership.keep(closing.signal);
  await passPause();
  await passPause();
  expect(ownership.owns('a')).toBe(true);
  // 6 s after the claim the exchange would give it away.
  await passPause();
  expect(ownership.owns('a')).toBe(false);
  closing.abort();
  await passPause();
  await kept;
});

test('what another took is lost at the next renewal', async () => {
  const granted = new Set(['a', 'b']);
  const { ownership } = createBench(granted);
  await ownership.claim();
  granted.delete('b');
  await ownership.claim();
  expect([ownership.owns('a'), ownership.owns('b')]).toEqual([true, false]);
});

test('at the end everything held is let go', async () => {
  const { ownership, released, passPause } = createBench(new Set(['b']));
  await ownership.claim();
  const closing = new AbortController();
  const kept = ownership.keep(closing.signal);
  closing.abort();
  await passPause();
  await kept;
  expect(released).toEqual([['b']]);
  expect(ownership.owns('b')).toBe(false);
});

test('what is still being claimed at the end is let go too, and nothing is claimed after it', async () => {
  const { ownership, released, passPause } = createBench(new Set(['a']));
  const closing = new AbortController();
  const kept = ownership.keep(closing.signal);
  closing.abort();
  const claiming = ownership.claim();
  await passPause();
  await Promise.all([claiming, kept]);
  await ownership.claim();
  expect(released).toEqual([['a']]);
  expect(ownership.owns('a')).toBe(false);
});
