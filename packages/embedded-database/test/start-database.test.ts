import { createServer } from 'node:net';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

import { connect } from '@liaison/postgres';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';

import { startDatabase } from '../src/index.ts';
import {
  countProcesses,
  log,
  makeFolder,
  makeInitialisedFolder,
  makeTemplate,
  start,
} from './test-folder.ts';

let template: string;

beforeAll(async () => {
  template = await makeTemplate();
});

afterAll(async () => rm(template, { recursive: true, force: true }));

test('a folder is initialised on first use and its data and password are there at the next start', async () => {
  const folder = path.join(await makeFolder(), 'not', 'yet', 'there');
  const first = await start({ folder });
  await first.sql.query('create table item as select 7 as id');
  await first.sql.end();
  await first.database.stop();
  const second = await start({ folder });
  expect(second.database.password).toBe(first.database.password);
  expect((await second.sql.query('select id from item')).rows).toEqual([{ id: 7 }]);
});

test('the password lies in a file for its owner only, in a folder for its owner only, outside the data', async () => {
  const { database } = await start({ folder: await makeFolder() });
  const [file, folder, data] = await Promise.all(
    ['secret/password', 'secret', 'data'].map((name) => stat(path.join(database.folder, name))),
  );
  expect([file?.mode, folder?.mode, data?.mode].map((mode) => (mode ?? 0) & 0o777)).toEqual([
    0o600, 0o700, 0o700,
  ]);
  expect(await readFile(path.join(database.folder, 'secret/password'), 'utf8')).toBe(database.password);
  expect(database.password).toHaveLength(32);
});

test('nothing of the initialisation is left in the folder', async () => {
  const { database } = await start({ folder: await makeFolder() });
  expect((await readdir(database.folder)).sort()).toEqual([
    'data',
    'postgresql.log',
    'secret',
    'supervisor.json',
  ]);
});

test('the server keeps data safe, sorts alike everywhere and listens on loopback only', async () => {
  const database = await startDatabase({ folder: await makeFolder(), log });
  const sql = connect({ url: database.url, applicationName: 'test', maxConnections: 1, log });
  onTestFinished(async () => {
    await sql.end();
    await database.stop();
  });
  const { rows } = await sql.query(`
    select current_setting('server_version_num')::integer / 10000 as version,
      current_setting('fsync') as fsync, current_setting('data_checksums') as checksums,
      current_setting('listen_addresses') as addresses, current_setting('unix_socket_directories') as sockets,
      current_setting('max_connections') as connections, current_setting('server_encoding') as encoding,
      (select datlocale from pg_database where datname = 'template1') as locale,
      (select string_agg(distinct auth_method, ',') from pg_hba_file_rules where type = 'host') as authentication`);
  expect(rows).toEqual([
    {
      version: 18,
      fsync: 'on',
      checksums: 'on',
      addresses: '127.0.0.1',
      sockets: '',
      connections: '250',
      encoding: 'UTF8',
      locale: 'C.UTF-8',
      authentication: 'scram-sha-256',
    },
  ]);
});

test('the log file holds neither statements nor values of rows', async () => {
  const { database, sql } = await start({ folder: await makeInitialisedFolder(template) });
  await sql.query('create table item (email text unique)');
  await sql.query('insert into item values ($1)', ['victim@example.org']);
  await expect(sql.query("insert into item values ('victim@example.org')")).rejects.toMatchObject({
    sqlstate: '23505',
  });
  await expect(sql.query("select 'victim@example.org'::int")).rejects.toMatchObject({ sqlstate: '22P02' });
  await expect(sql.query('select $1::uuid', ['victim@example.org'])).rejects.toMatchObject({
    sqlstate: '22P02',
  });
  await sql.end();
  await database.stop();
  const text = await readFile(path.join(database.folder, 'postgresql.log'), 'utf8');
  expect(text).toContain('database system is shut down');
  expect(text).not.toContain('victim');
});

test('stopping rolls back what is open and leaves no process', async () => {
  const folder = await makeInitialisedFolder(template);
  const { database, sql } = await start({ folder });
  const asleep = sql.query('select pg_sleep(60)').catch((error: unknown) => error);
  await expect
    .poll(async () => (await sql.query("select from pg_stat_activity where query ~ 'sleep'")).rowCount)
    .toBe(2);
  await database.stop();
  expect(await asleep).toMatchObject({ kind: 'retry' });
  expect(await database.exited).toEqual({ code: 0, signal: null });
  expect(await countProcesses(folder)).toBe(0);
  await database.stop();
});

test('a process that does not obey is killed once its time is up', async () => {
  const folder = await makeInitialisedFolder(template);
  const { database, sql } = await start({ folder });
  const { rows } = await sql.query<{ pid: number }>('select pg_backend_pid() as pid');
  process.kill(rows[0]?.pid ?? 0, 'SIGSTOP');
  await database.stop({ graceMs: 100 });
  expect(await countProcesses(folder)).toBe(0);
});

test('data of another major version is refused', async () => {
  const folder = await makeInitialisedFolder(template);
  const { database } = await start({ folder });
  await database.stop();
  await writeFile(path.join(database.folder, 'data', 'PG_VERSION'), '17\n');
  await expect(start({ folder })).rejects.toMatchObject({ code: 'data-of-another-version' });
});

test('a folder that lost its password is refused', async () => {
  const folder = await makeInitialisedFolder(template);
  const { database } = await start({ folder });
  await database.stop();
  await rm(path.join(database.folder, 'secret', 'password'));
  await expect(start({ folder })).rejects.toMatchObject({ code: 'password-missing' });
});

test('a port that another program uses is refused, and the folder can be started on another one', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => void other.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => new Promise<void>((resolve) => void other.close(() => resolve())));
  const folder = await makeInitialisedFolder(template);
  const { port } = other.address() as AddressInfo;
  await expect(start({ folder, port })).rejects.toMatchObject({ code: 'port-in-use' });
  const { database } = await start({ folder });
  expect(database.port).not.toBe(port);
});

test('a setting that the server does not know is told as a failed start', async () => {
  const attempt = start({
    folder: await makeInitialisedFolder(template),
    settings: { no_such_setting: 'on' },
  });
  await expect(attempt).rejects.toMatchObject({ code: 'start-failed' });
});

test('a file where the folder should be is refused', async () => {
  const folder = path.join(await makeFolder(), 'file');
  await writeFile(folder, '');
  await expect(start({ folder })).rejects.toMatchObject({ code: 'folder-unusable' });
});

test('an initialisation that was cut short is begun anew', async () => {
  const folder = await makeFolder();
  await mkdir(path.join(folder, 'initialise-abc', 'data', 'base'), { recursive: true });
  const { sql } = await start({ folder });
  expect((await sql.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
});
