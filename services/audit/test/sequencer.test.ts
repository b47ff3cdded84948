import { appendEvents } from '@liaison/hub-database';
import { hashEmptyTree } from '@liaison/ledger';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sha256 } from '../src/log-key/sha256.ts';
import { insertCheckpoint, readLatestCheckpoint } from '../src/store/checkpoints.ts';
import { createHub, plainDrafts, readLog, readPending, toDraft, type Hub } from './hub-fixture.ts';
import { computeRoot, openTestCheckpoint } from './log-fixture.ts';
import { createTestSequencer } from './sequencer-fixture.ts';

const count = (length: number): number[] => Array.from({ length }, (_, index) => index);

async function expectWholeLog(hub: Hub, eventIds: readonly string[]): Promise<void> {
  const log = await readLog(hub);
  expect(log.positions).toEqual(count(eventIds.length));
  expect([...log.eventIds].sort()).toEqual([...eventIds].sort());
  expect(await readPending(hub)).toEqual([]);
  const latest = await readLatestCheckpoint(hub.owner);
  const opened = await openTestCheckpoint(latest?.note ?? '');
  expect(opened.size).toBe(eventIds.length);
  expect(Buffer.from(opened.root)).toEqual(Buffer.from(await computeRoot(hub, eventIds.length)));
}

test('the empty log has a checkpoint, signed once', async () => {
  const hub = await createHub();
  const sequencer = await createTestSequencer(hub);
  expect(await sequencer.sequence()).toBe(0);
  expect(await sequencer.sequence()).toBe(0);
  const { rows } = await hub.owner.query<{ note: string }>('select note from ledger.checkpoint');
  expect(rows).toHaveLength(1);
  const opened = await openTestCheckpoint(rows[0]?.note ?? '');
  expect(opened).toMatchObject({ size: 0, extensions: [] });
  expect(Buffer.from(opened.root)).toEqual(hashEmptyTree(sha256));
});

test('events of one transaction keep their order', async () => {
  const hub = await createHub();
  const sequencer = await createTestSequencer(hub);
  const eventIds = [...(await hub.append(plainDrafts(7))), ...(await hub.append(plainDrafts(6)))];
  expect(await sequencer.sequence()).toBe(13);
  expect((await readLog(hub)).eventIds).toEqual(eventIds);
  await expectWholeLog(hub, eventIds);
});

test('a piece of work takes a thousand events at most, and the next one goes on', async () => {
  const hub = await createHub();
  const sequencer = await createTestSequencer(hub);
  const eventIds = await hub.append(plainDrafts(2_100));
  expect([await sequencer.sequence(), await sequencer.sequence(), await sequencer.sequence()]).toEqual([
    1_000, 1_000, 100,
  ]);
  expect((await readLog(hub)).eventIds).toEqual(eventIds);
  await expectWholeLog(hub, eventIds);
});

test('writers that commit in any order lose no event, whatever is sequenced in between', async () => {
  expect.hasAssertions();
  const hub = await createHub();
  const sequencer = await createTestSequencer(hub);
  const written: string[] = [];
  const writers = 12;
  const run = fc.record({
    sizes: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: writers, maxLength: writers }),
    commits: fc.shuffledSubarray(count(writers), { minLength: writers }),
    sequenceAfter: fc.array(fc.boolean(), { minLength: writers, maxLength: writers }),
  });
  await fc.assert(
    fc.asyncProperty(run, async ({ sizes, commits, sequenceAfter }) => {
      const gates = sizes.map(() => Promise.withResolvers<void>());
      const inserted = sizes.map(() => Promise.withResolvers<void>());
      const transactions = sizes.map(async (size, writer) => {
        const drafts = plainDrafts(size).map(toDraft);
        const events = await Promise.all(drafts.map(async (draft) => hub.events.prepare(draft)));
        await hub.owner.transaction(async (tx) => {
          await appendEvents(tx, events);
          inserted[writer]?.resolve();
          await gates[writer]?.promise;
        });
        written.push(...events.map(({ eventId }) => eventId));
      });
      await Promise.all(inserted.map(async ({ promise }) => promise));
      for (const [turn, writer] of commits.entries()) {
        gates[writer]?.resolve();
        await transactions[writer];
        if (sequenceAfter[turn] === true) await sequencer.sequence();
      }
      await sequencer.drain();
      await expectWholeLog(hub, written);
    }),
    { numRuns: 12 },
  );
});

test('two sequencers at once lose nothing, double nothing and make one chain of checkpoints', async () => {
  const hub = await createHub();
  const sequencers = [await createTestSequencer(hub), await createTestSequencer(hub)];
  const eventIds: string[] = [];
  const write = async (): Promise<void> => {
    for (let round = 0; round < 30; round += 1) eventIds.push(...(await hub.append(plainDrafts(20))));
  };
  const writing = Promise.all([write(), write()]);
  const totals = await Promise.all(
    sequencers.map(async (sequencer) => {
      let total = 0;
      for (let round = 0; round < 40; round += 1) total += await sequencer.sequence();
      await writing;
      return total + (await sequencer.drain());
    }),
  );
  expect(totals.reduce((sum, total) => sum + total)).toBe(1_200);
  await expectWholeLog(hub, eventIds);
  const { rows } = await hub.owner.query<{ size: number; previous: number | null }>(
    'select size, previous_size as previous from ledger.checkpoint order by size',
  );
  expect(rows.map(({ previous }) => previous)).toEqual([null, ...rows.slice(0, -1).map(({ size }) => size)]);
});

test('two sequencers that start at once sign the empty tree once', async () => {
  const hub = await createHub();
  const reached = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  const first = await createTestSequencer(hub, {
    reach: async () => {
      reached.resolve();
      await gate.promise;
    },
  });
  const second = await createTestSequencer(hub);
  const sequencing = [first.sequence()];
  await reached.promise;
  sequencing.push(second.sequence());
  const countWaiting = async (): Promise<number> =>
    (
      await hub.owner.query(`
        select from pg_locks where locktype = 'advisory' and not granted
        and database = (select oid from pg_database where datname = current_database())`)
    ).rowCount;
  await expect.poll(countWaiting, { interval: 20 }).toBe(1);
  gate.resolve();
  expect(await Promise.all(sequencing)).toEqual([0, 0]);
  expect((await hub.owner.query('select from ledger.checkpoint')).rowCount).toBe(1);
});

test('a second checkpoint after the same one is refused by the table', async () => {
  const hub = await createHub();
  const sequencer = await createTestSequencer(hub);
  await sequencer.sequence();
  await hub.append(plainDrafts(1));
  await sequencer.sequence();
  const fork = { size: 2, previousSize: 0, root: new Uint8Array(32), note: 'fork', signedAt: '2027-01-01Z' };
  await expect(insertCheckpoint(sequencer.deps.database, fork)).rejects.toMatchObject({ sqlstate: '23505' });
  const first = { ...fork, previousSize: null };
  await expect(insertCheckpoint(sequencer.deps.database, first)).rejects.toMatchObject({ sqlstate: '23505' });
});

describe('a sequencer that is killed', () => {
  const killed = new Error('killed');

  test('before its commit has changed nothing, and the next one does it all', async () => {
    const hub = await createHub();
    const sequencer = await createTestSequencer(hub, {
      reach: async (point) => {
        if (point === 'sequence:before-commit') throw killed;
      },
    });
    const eventIds = await hub.append(plainDrafts(5));
    await expect(sequencer.sequence()).rejects.toBe(killed);
    expect(await readPending(hub)).toEqual(eventIds);
    expect(await readLog(hub)).toEqual({ positions: [], eventIds: [] });
    expect(await readLatestCheckpoint(hub.owner)).toBeNull();
    await (await createTestSequencer(hub)).drain();
    await expectWholeLog(hub, eventIds);
  });

  test('by the loss of its connection frees the lock and its events', async () => {
    const hub = await createHub();
    const sequencer = await createTestSequencer(hub, {
      reach: async (point) => {
        if (point !== 'sequence:before-commit') return;
        await hub.owner.query(`
          select pg_terminate_backend(pid) from pg_locks
          where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`);
      },
    });
    const eventIds = await hub.append(plainDrafts(5));
    await expect(sequencer.sequence()).rejects.toMatchObject({ kind: 'retry' });
    expect(await readPending(hub)).toEqual(eventIds);
    await (await createTestSequencer(hub)).drain();
    await expectWholeLog(hub, eventIds);
  });

  test('after its commit is followed by one that does nothing twice', async () => {
    const hub = await createHub();
    const sequencer = await createTestSequencer(hub, {
      reach: async (point) => {
        if (point === 'sequence:committed') throw killed;
      },
    });
    const eventIds = await hub.append(plainDrafts(5));
    await expect(sequencer.sequence()).rejects.toBe(killed);
    expect(await (await createTestSequencer(hub)).drain()).toBe(0);
    await expectWholeLog(hub, eventIds);
  });
});

test('a sequencer that another one keeps waiting gives up for now, to be tried again', async () => {
  const hub = await createHub();
  const held = Promise.withResolvers<void>();
  const reached = Promise.withResolvers<void>();
  const slow = await createTestSequencer(hub, {
    reach: async () => {
      reached.resolve();
      await held.promise;
    },
  });
  await hub.append(plainDrafts(1));
  const sequencing = slow.sequence();
  await reached.promise;
  const other = await createTestSequencer(hub);
  await expect(other.sequence()).rejects.toMatchObject({ sqlstate: '55P03', kind: 'retry' });
  held.resolve();
  expect(await sequencing).toBe(1);
  expect(await other.sequence()).toBe(0);
});

test.each([
  ['no canonical leaf', '{"v": 1}', 'leaf-not-canonical'],
  ['a leaf of another log', undefined, 'origin-wrong'],
])('%s is sequenced as it is, and told', async (_what, text, code) => {
  const hub = await createHub();
  const sequencer = await createTestSequencer(hub);
  const prepared = await hub.events.prepare(toDraft({}));
  const foreign = Buffer.from(prepared.leaf).toString().replace('/test/', '/best/');
  const leaf = Buffer.from(text ?? foreign);
  await appendEvents(hub.owner, [{ ...prepared, leaf }]);
  expect(await sequencer.sequence()).toBe(1);
  const { rows } = await hub.owner.query<{ leaf: Buffer }>('select leaf from ledger.leaf');
  expect(rows[0]?.leaf).toEqual(leaf);
  expect(sequencer.log.entries).toEqual([
    { level: 'error', event: 'leaf-unreadable', fields: { eventId: prepared.eventId, code } },
  ]);
});
