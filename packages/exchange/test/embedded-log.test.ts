import { readFile } from 'node:fs/promises';

import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';

import {
  deleteReceived,
  openChannelListener,
  openExchange,
  registerHub,
  registerParticipant,
} from '../src/index.ts';
import { records } from './contract/parties.ts';
import { append, connectTo, one, openRoles } from './embedded-roles.ts';
import { log, startExchangeServer } from './exchange-server.ts';
import type { ExchangeServer } from './exchange-server.ts';

let server: ExchangeServer;

beforeAll(async () => {
  server = await startExchangeServer();
});

afterAll(async () => server.stop());

describe('the log', () => {
  test('a record becomes visible only after all before it, in the order of commits', async () => {
    const { hub, participant, hubAddress, party } = await openRoles(server);
    const other = connectTo(hubAddress);
    const read = async () => {
      const sql = 'select "offset", key from exchange.read($1, $2)';
      return (await participant.query(sql, [party.to, party.group])).rows;
    };
    let second: Promise<unknown> = Promise.resolve();
    await hub.transaction(async (transaction) => {
      await transaction.query(append, [party.to, ...one('first')]);
      second = other.query(append, [party.to, ...one('second')]);
      const waiting = "select from pg_stat_activity where wait_event_type = 'Lock' and query ~ 'append'";
      await expect.poll(async () => (await server.admin.query(waiting)).rowCount).toBe(1);
      expect(await read()).toEqual([]);
    });
    await second;
    expect(await read()).toEqual([
      { offset: 0, key: 'first' },
      { offset: 1, key: 'second' },
    ]);
  });

  test('what is rolled back leaves no gap', async () => {
    const { hub, party } = await openRoles(server);
    const attempt = hub.transaction(async (transaction) => {
      await transaction.query(append, [party.to, ...one('undone')]);
      throw new Error('changed my mind');
    });
    await expect(attempt).rejects.toThrow('changed my mind');
    expect((await hub.query(append, [party.to, ...one('done')])).rows).toEqual([{ first: 0 }]);
  });

  test.each([
    ['22023', [[], [], []]],
    ['22023', [['a', 'b'], [Buffer.from('a')], ['{}']]],
    ['22023', [['a'], [null], ['{}']]],
    ['22023', [['a'], [Buffer.from('a')], ['[]']]],
    ['22023', [['a'], [Buffer.from('a')], ['{"a": 1}']]],
    ['54000', [['a'.repeat(1_025)], [Buffer.from('a')], ['{}']]],
    ['54000', [['a'], [Buffer.alloc(1_048_577)], ['{}']]],
    ['54000', [['a'], [Buffer.from('a')], [`{"a": "${'b'.repeat(20_000)}"}`]]],
  ])('a malformed call is refused with %s', async (sqlstate, values) => {
    const { hub, party } = await openRoles(server);
    await expect(hub.query(append, [party.to, ...values])).rejects.toMatchObject({ sqlstate });
  });

  test('committing beyond the end of the topic is refused', async () => {
    const { hub, participant, party } = await openRoles(server);
    await hub.query(append, [party.to, ...one('a')]);
    const commit = async (offset: number) =>
      participant.query('select exchange.commit($1, $2, $3) as end', [party.to, party.group, offset]);
    await expect(commit(2)).rejects.toMatchObject({ sqlstate: '22023' });
    await expect(commit(-1)).rejects.toMatchObject({ sqlstate: '22023' });
    expect((await commit(1)).rows).toEqual([{ end: 1 }]);
  });

  test('every table names its retention class', async () => {
    const { rows } = await server.admin.query<{ table: string; comment: string | null }>(
      `select relname as table, obj_description(oid) as comment from pg_class
       where relnamespace = 'exchange'::regnamespace and relkind = 'r'`,
    );
    expect(rows.length).toBeGreaterThan(3);
    for (const { comment } of rows) expect(comment).toMatch(/^retention: [a-z]+$/u);
  });

  test('the examples of SQL.md work as they stand', async () => {
    const hub = await registerHub(server.admin, { instance: 'demo', password: 'hub' });
    const participant = await registerParticipant(server.admin, {
      instance: 'demo',
      participantId: 'le-de',
      password: 'participant',
    });
    const sender = connectTo(server.addressOf({ user: hub.role, password: 'hub' }));
    await sender.query(append, [participant.topics.to, ...one('a')]);
    const reader = connectTo(server.addressOf({ user: participant.role, password: 'participant' }));
    const text = await readFile(new URL('../SQL.md', import.meta.url), 'utf8');
    const examples = [...text.matchAll(/```sql\n(.*?)```/gsu)].map(([, sql]) => sql ?? '');
    expect(examples.length).toBeGreaterThan(5);
    for (const sql of examples) await reader.query(sql);
    const { rows } = await reader.query('select name, committed, next_offset as end from exchange.topics()');
    expect(rows).toEqual([
      { name: 'liaison.demo.from.le-de', committed: 0, end: 1 },
      { name: 'liaison.demo.to.le-de', committed: 1, end: 1 },
    ]);
  });
});

describe('retention', () => {
  test('only what the group has committed and what is old enough is deleted', async () => {
    const { hub, participant, party } = await openRoles(server);
    const keys = ['a', 'b', 'c', 'd', 'e'];
    await hub.query(append, [party.to, keys, keys.map((key) => Buffer.from(key)), keys.map(() => '{}')]);
    await participant.query('select exchange.commit($1, $2, 3)', [party.to, party.group]);
    expect(await deleteReceived(hub, { topic: party.to, olderThanDays: 1 })).toBe(0);
    expect(await deleteReceived(hub, { topic: party.to, olderThanDays: 0 })).toBe(3);
    const { rows } = await participant.query('select "offset" from exchange.read($1, $2)', [
      party.to,
      party.group,
    ]);
    expect(rows).toEqual([{ offset: 3 }, { offset: 4 }]);
  });
});

describe('connections', () => {
  test('a topic that the server can no longer read does not stop the others', async () => {
    const { hub, participants } = await server.provision(2);
    const [sick, healthy] = participants;
    const exchange = await openExchange(hub.address, { log, applicationName: 'hub' });
    onTestFinished(async () => exchange.close());
    const received: string[] = [];
    await exchange.receive({
      group: hub.group,
      topics: participants.map(({ from }) => from),
      maxRecords: 10,
      maxBytes: 1_000_000,
      handle: async (batch) => void received.push(...batch.map(({ topic }) => topic)),
      quarantine: async () => undefined,
      isTransient: () => true,
      log,
    });
    await server.admin.query("update exchange.topic set reader_group = 'nobody' where name = $1", [
      sick?.from,
    ]);
    for (const { address, from } of participants) {
      await connectTo(address).query(append, [from, ...one('a')]);
      await connectTo(address).query(append, [from, ...one('b')]);
    }
    await expect.poll(() => received).toEqual([healthy?.from, healthy?.from]);
  });

  test('one listening connection wakes all participants of a process, without any poll', async () => {
    const { hub, participants } = await server.provision(5);
    const listener = openChannelListener({
      url: participants[0]?.address ?? '',
      applicationName: 'the only listener',
      log,
    });
    const received: string[] = [];
    for (const { address, group, to } of participants) {
      // Pauses that end only at the close: whatever arrives was announced.
      const sleep = async (_: number, signal?: AbortSignal) =>
        new Promise<void>((resolve) => {
          signal?.addEventListener('abort', () => {
            resolve();
          });
        });
      const exchange = await openExchange(address, { log, applicationName: 'participant', listener, sleep });
      onTestFinished(async () => exchange.close());
      await exchange.receive({
        group,
        topics: [to],
        maxRecords: 10,
        maxBytes: 1_000_000,
        handle: async (batch) => void received.push(...batch.map(({ topic }) => topic)),
        quarantine: async () => undefined,
        isTransient: () => true,
        log,
      });
    }
    const sender = await openExchange(hub.address, { log, applicationName: 'hub' });
    for (const { to } of participants) await sender.send(to, records(1));
    await sender.close();
    await expect.poll(() => received.length).toBe(5);
    const sql = "select from pg_stat_activity where query like 'listen %' and datname = current_database()";
    expect((await server.admin.query(sql)).rowCount).toBe(1);
  });
});
