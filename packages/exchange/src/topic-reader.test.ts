import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { IncomingRecord, ReceiveOptions } from './exchange.ts';
import { createTopicReader } from './topic-reader.ts';
import type { TopicReader, TopicSource } from './topic-reader.ts';

class Failure extends Error {}

/** A topic in memory, its reader, and a clock that only the reader's pauses move. */
function createBench(count: number, options: Partial<ReceiveOptions>) {
  let committed = 0;
  let now = 0;
  const handled: number[] = [];
  const quarantined: number[] = [];
  const source: TopicSource = {
    async read({ maxRecords }) {
      const end = Math.min(count, committed + maxRecords);
      return Array.from({ length: end - committed }, (_, index) => recordAt(committed + index));
    },
    async commit(offset) {
      committed = offset;
      return { hasMore: offset < count };
    },
  };
  const receive: ReceiveOptions = {
    group: 'group',
    topics: ['topic'],
    maxRecords: 10,
    maxBytes: 1_000,
    isTransient: () => false,
    quarantine: async ({ offset }) => void quarantined.push(offset),
    log: { debug() {}, info() {}, warn() {}, error() {} },
    ...options,
    async handle(records) {
      await options.handle?.(records);
      handled.push(...records.map(({ offset }) => offset));
    },
  };
  const reader = createTopicReader({ topic: 'topic', source, receive, now: () => now, random: () => 1 });
  const readAll = async () => {
    const turns = await takeTurns(reader, () => {
      now = reader.pausedUntil();
    });
    return turns;
  };
  return { reader, readAll, handled, quarantined, committed: () => committed, now: () => now };
}

async function takeTurns(reader: TopicReader, skipPause: () => void): Promise<number> {
  for (let turns = 1; turns < 10_000; turns += 1) {
    const outcome = await reader.takeTurn();
    if (outcome === 'idle') return turns;
    if (outcome === 'paused') skipPause();
  }
  throw new Error('the reader never comes to an end');
}

function recordAt(offset: number): IncomingRecord {
  return {
    topic: 'topic',
    offset,
    key: String(offset),
    value: new Uint8Array(1),
    headers: {},
    appendedAt: '',
  };
}

test('whatever fails, every record is handled once in order or quarantined once, and all are committed', async () => {
  const faults = fc.uniqueArray(fc.nat(59));
  const sizes = fc.integer({ min: 1, max: 15 });
  await fc.assert(
    fc.asyncProperty(
      faults,
      sizes,
      fc.integer({ min: 1, max: 4 }),
      async (poison, maxRecords, maxAttempts) => {
        const { readAll, handled, quarantined, committed } = createBench(60, {
          maxRecords,
          maxAttempts,
          async handle(records) {
            if (records.some(({ offset }) => poison.includes(offset))) throw new Failure();
          },
        });
        await readAll();
        const offsets = Array.from({ length: 60 }, (_, offset) => offset);
        expect(handled).toEqual(offsets.filter((offset) => !poison.includes(offset)));
        expect(quarantined).toEqual(offsets.filter((offset) => poison.includes(offset)));
        expect(committed()).toBe(60);
      },
    ),
  );
});

test('after the batch that failed, records come in batches again', async () => {
  const sizes: number[] = [];
  const { readAll } = createBench(40, {
    maxAttempts: 1,
    async handle(records) {
      sizes.push(records.length);
      if (records.some(({ offset }) => offset === 3)) throw new Failure();
    },
  });
  await readAll();
  expect(sizes).toEqual([10, ...Array.from({ length: 10 }, () => 1), 10, 10, 10]);
});

test('a transient failure pauses longer and longer and quarantines nothing', async () => {
  let failures = 0;
  const { readAll, quarantined, now } = createBench(1, {
    maxAttempts: 1,
    isTransient: () => true,
    async handle() {
      failures += 1;
      if (failures <= 8) throw new Failure();
    },
  });
  await readAll();
  expect(quarantined).toEqual([]);
  expect(now()).toBe(100 + 200 + 400 + 800 + 1_600 + 3_200 + 5_000 + 5_000);
});

test('a record whose quarantine fails is offered again and is not committed before', async () => {
  const commits: number[] = [];
  const offers: number[] = [];
  const bench = createBench(1, {
    maxAttempts: 1,
    async handle() {
      throw new Failure();
    },
    async quarantine({ offset }) {
      offers.push(offset);
      commits.push(bench.committed());
      if (offers.length < 3) throw new Failure();
    },
  });
  await bench.readAll();
  expect(offers).toEqual([0, 0, 0]);
  expect(commits).toEqual([0, 0, 0]);
  expect(bench.committed()).toBe(1);
});

test('going back ends the search for a faulty record', async () => {
  let isSick = true;
  const { reader, readAll, handled } = createBench(3, {
    async handle() {
      if (isSick) throw new Failure();
    },
  });
  expect(await reader.takeTurn()).toBe('paused');
  isSick = false;
  await reader.seek(1);
  await readAll();
  expect(handled).toEqual([1, 2]);
});

test('a source that fails is not taken for a record that fails', async () => {
  const refusal = new Failure();
  const source: TopicSource = {
    read: async () => [recordAt(0)],
    async commit() {
      throw refusal;
    },
  };
  const quarantined: IncomingRecord[] = [];
  const receive: ReceiveOptions = {
    group: 'group',
    topics: ['topic'],
    maxRecords: 1,
    maxBytes: 1,
    maxAttempts: 1,
    handle: async () => undefined,
    quarantine: async (record) => void quarantined.push(record),
    isTransient: () => false,
    log: { debug() {}, info() {}, warn() {}, error() {} },
  };
  const reader = createTopicReader({ topic: 'topic', source, receive, now: () => 0, random: () => 1 });
  await expect(reader.takeTurn()).rejects.toBe(refusal);
  expect(quarantined).toEqual([]);
});
