import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { connect } from '@liaison/postgres';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';

import { clearOrphan } from '../src/index.ts';
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

test('after a kill of the server it starts again at once on the same port, with what was committed', async () => {
  const folder = await makeInitialisedFolder(template);
  const { database, sql } = await start({ folder });
  await sql.query('create table item as select 7 as id');
  // A busy process does not notice by itself that its server is gone.
  const busy = sql.query('select count(*) from generate_series(1, 1e12)').catch((error: unknown) => error);
  await expect
    .poll(async () => (await sql.query("select from pg_stat_activity where query ~ '1e12'")).rowCount)
    .toBe(2);
  process.kill(database.pid, 'SIGKILL');
  expect(await database.exited).toEqual({ code: null, signal: 'SIGKILL' });
  const again = await start({ folder, port: database.port });
  expect((await again.sql.query('select id from item')).rows).toEqual([{ id: 7 }]);
  expect(again.database.url).toBe(database.url);
  expect(await busy).toMatchObject({ kind: 'retry' });
});

test('a second start while the first is in force is refused and does it no harm', async () => {
  const folder = await makeInitialisedFolder(template);
  const { sql } = await start({ folder });
  await expect(start({ folder })).rejects.toMatchObject({ code: 'already-running' });
  await expect(clearOrphan(folder, { log })).rejects.toMatchObject({ code: 'already-running' });
  expect((await sql.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
});

test('the database of a program that was killed is an orphan, one of a living program is not', async () => {
  const folder = await makeInitialisedFolder(template);
  const supervisor = await startSupervisor(folder);
  await expect(clearOrphan(folder, { log })).rejects.toMatchObject({ code: 'already-running' });
  await expect(start({ folder })).rejects.toMatchObject({ code: 'already-running' });
  await supervisor.kill();
  const sql = connect({ url: supervisor.url, applicationName: 'test', maxConnections: 1, log });
  await sql.query('create table item as select 7 as id');
  await sql.end();
  expect(await clearOrphan(folder, { log })).toBe('stopped');
  expect(await countProcesses(folder)).toBe(0);
  expect(await clearOrphan(folder, { log })).toBe('nothing');
  const again = await start({ folder });
  expect((await again.sql.query('select id from item')).rows).toEqual([{ id: 7 }]);
});

test('a start clears the orphan by itself', async () => {
  const folder = await makeInitialisedFolder(template);
  const supervisor = await startSupervisor(folder);
  await supervisor.kill();
  const { database } = await start({ folder });
  expect(database.pid).not.toBe(supervisor.pid);
});

test('a process that got the id of a dead supervisor does not pass for it', async () => {
  const folder = await makeInitialisedFolder(template);
  const supervisor = await startSupervisor(folder);
  await supervisor.kill();
  const file = path.join(folder, 'supervisor.json');
  const record = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  await writeFile(file, JSON.stringify({ ...record, pid: process.ppid }));
  expect(await clearOrphan(folder, { log })).toBe('stopped');
});

test('a process that got the id of a dead server is left alone and does not keep the database from starting', async () => {
  const folder = await makeInitialisedFolder(template);
  const { database } = await start({ folder });
  await database.stop();
  // The server's own user: it takes processes of others for gone.
  const { uid, gid } = await stat(path.join(folder, 'data'));
  const bystander = spawn('sleep', ['600'], { stdio: 'ignore', uid, gid });
  onTestFinished(() => void bystander.kill());
  const stale = [
    bystander.pid,
    path.join(folder, 'data'),
    1,
    database.port,
    '',
    '127.0.0.1',
    '',
    'ready',
  ].join('\n');
  await writeFile(path.join(folder, 'data', 'postmaster.pid'), stale);
  expect(await clearOrphan(folder, { log })).toBe('nothing');
  const again = await start({ folder });
  expect((await again.sql.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  expect(bystander.exitCode).toBeNull();
  expect(bystander.signalCode).toBeNull();
});

test('a folder in which nothing ever ran has no orphan', async () => {
  expect(await clearOrphan(path.join(await makeFolder(), 'nothing'), { log })).toBe('nothing');
});

async function startSupervisor(
  folder: string,
): Promise<{ url: string; pid: number; kill: () => Promise<void> }> {
  const program = fileURLToPath(new URL('supervisor.ts', import.meta.url));
  const child = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const { url, pid } = JSON.parse(line) as { url: string; pid: number };
  const kill = async () => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return { url, pid, kill };
}
