import { expect, test } from 'vitest';

import { connect, DatabaseError } from '../src/index.ts';
import { connectAdmin, connectUntilFinished, createTestDatabase, recordLog } from './test-database.ts';

test('int8 and timestamptz arrive as a safe number and as UTC text with milliseconds', async () => {
  const database = connectAdmin();
  const { rows } = await database.query(
    `select 9007199254740991::int8 as big, array[1, null]::int8[] as bigs,
      '2025-03-30 02:30:00.123987+02'::timestamptz as at, array['2025-01-01 00:00Z']::timestamptz[] as times,
      '2025-01-31'::date as day, '2025-01-31 10:00'::timestamp as local, '\\x0102'::bytea as bytes`,
  );
  expect(rows).toEqual([
    {
      big: 9007199254740991,
      bigs: [1, null],
      at: '2025-03-30T00:30:00.123Z',
      times: ['2025-01-01T00:00:00.000Z'],
      day: '2025-01-31',
      local: '2025-01-31 10:00:00',
      bytes: Buffer.from([1, 2]),
    },
  ]);
});

test('an array of bytes arrives as it was sent, nulls and all', async () => {
  const elements = [Buffer.from('plain'), Buffer.alloc(0), null, Buffer.from([0, 0x5c, 0x22, 0xff])];
  const { rows } = await connectAdmin().query<{ element: Uint8Array | null }>(
    'select element from unnest($1::bytea[]) with ordinality as e (element, place) order by place',
    [elements],
  );
  expect(rows.map(({ element }) => element)).toEqual(elements);
});

test.each(['9007199254740992::int8', "'infinity'::timestamptz", "'10000-01-01Z'::timestamptz"])(
  'a value without an exact representation is an error: %s',
  async (value) => {
    await expect(connectAdmin().query(`select ${value}`)).rejects.toMatchObject({
      code: 'value-out-of-range',
    });
  },
);

test('a transaction commits what its work wrote', async () => {
  const database = connectUntilFinished(await createTestDatabase());
  await database.query('create table item (id int primary key)');
  const written = await database.transaction(async (transaction) => {
    const { rowCount } = await transaction.query('insert into item select generate_series(1, 3)');
    return rowCount;
  });
  expect(written).toBe(3);
  expect((await database.query('select from item')).rowCount).toBe(3);
});

test('a transaction whose work throws leaves nothing and passes the error on', async () => {
  const database = connectUntilFinished(await createTestDatabase());
  await database.query('create table item (id int primary key)');
  const reason = new Error('changed my mind');
  const attempt = database.transaction(async (transaction) => {
    await transaction.query('insert into item values (1)');
    throw reason;
  });
  await expect(attempt).rejects.toBe(reason);
  expect((await database.query('select from item')).rowCount).toBe(0);
});

test('a transaction that swallowed a failed statement is not taken for committed', async () => {
  const database = connectUntilFinished(await createTestDatabase());
  await database.query('create table item (id int primary key)');
  const attempt = database.transaction(async (transaction) => {
    await transaction.query('insert into item values (1)');
    await transaction.query('insert into item values (1)').catch(() => undefined);
  });
  await expect(attempt).rejects.toMatchObject({ code: 'transaction-lost' });
  expect((await database.query('select from item')).rowCount).toBe(0);
});

test('a statement after the end of its transaction is refused', async () => {
  const database = connectAdmin();
  const late = await database.transaction(async (transaction) => () => transaction.query('select 1'));
  await expect(late()).rejects.toMatchObject({ code: 'transaction-over' });
});

test('the isolation asked for is the one in force', async () => {
  const isolation = await connectAdmin().transaction(
    async (transaction) => {
      const { rows } = await transaction.query<{ level: string }>(
        "select current_setting('transaction_isolation') as level",
      );
      return rows[0]?.level;
    },
    { isolation: 'serializable' },
  );
  expect(isolation).toBe('serializable');
});

test('a named statement is prepared once and takes new values', async () => {
  const database = connectUntilFinished(await createTestDatabase(), { maxConnections: 1 });
  const add = (a: number, b: number) =>
    database.query<{ sum: number }>({ name: 'add', text: 'select $1::int + $2::int as sum', values: [a, b] });
  expect((await add(1, 2)).rows).toEqual([{ sum: 3 }]);
  expect((await add(3, 4)).rows).toEqual([{ sum: 7 }]);
  const { rows } = await database.query("select name from pg_prepared_statements where name = 'add'");
  expect(rows).toHaveLength(1);
});

test('an error of the server keeps its code, table and constraint and nothing of the rows', async () => {
  const database = connectUntilFinished(await createTestDatabase());
  await database.query('create table item (email text constraint one_each unique)');
  await database.query('insert into item values ($1)', ['victim@example.org']);
  const error: unknown = await database
    .query('insert into item values ($1)', ['victim@example.org'])
    .catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(DatabaseError);
  expect(error).toMatchObject({
    code: 'statement-failed',
    kind: 'fault',
    sqlstate: '23505',
    table: 'item',
    constraint: 'one_each',
  });
  expect(`${JSON.stringify(error)}${String(error)}${String((error as Error).stack)}`).not.toContain('victim');
  expect((error as Error).cause).toBeUndefined();
});

test('a connection cut inside a transaction fails the transaction and the pool goes on', async () => {
  const database = connectUntilFinished(await createTestDatabase());
  const admin = connectAdmin();
  const attempt = database.transaction(async (transaction) => {
    const { rows } = await transaction.query<{ pid: number }>('select pg_backend_pid() as pid');
    await admin.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
    await transaction.query('select 1');
  });
  await expect(attempt).rejects.toMatchObject({ kind: 'retry' });
  expect((await database.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
});

test('an unused connection that is cut is logged by its code and replaced', async () => {
  const log = recordLog();
  const database = connect({
    url: await createTestDatabase(),
    applicationName: 'cut-me',
    maxConnections: 1,
    log,
  });
  await database.query('select 1');
  await connectAdmin().query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'cut-me'",
  );
  await expect
    .poll(() => log.entries)
    .toEqual([
      {
        event: 'database-connection-lost',
        fields: { application: 'cut-me', sqlstate: '57P01', errno: null, table: null, constraint: null },
      },
    ]);
  expect((await database.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  await database.end();
});

test('a server that does not listen is worth another attempt', async () => {
  const database = connectUntilFinished('postgres://nobody@127.0.0.1:1/none');
  await expect(database.query('select 1')).rejects.toMatchObject({
    code: 'connection-failed',
    kind: 'retry',
    errno: 'ECONNREFUSED',
  });
});

test('a wrong password is a fault that no attempt cures', async () => {
  const url = new URL(await createTestDatabase());
  url.password = 'wrong';
  await expect(connectUntilFinished(url.href).query('select 1')).rejects.toMatchObject({
    kind: 'fault',
    sqlstate: '28P01',
  });
});
