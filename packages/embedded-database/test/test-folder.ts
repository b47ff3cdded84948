import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { connect } from '@liaison/postgres';
import type { Database } from '@liaison/postgres';
import { onTestFinished } from 'vitest';

import { startDatabase } from '../src/index.ts';
import type { EmbeddedDatabase, StartDatabaseOptions } from '../src/index.ts';
import { thisMachine } from '../src/machine.ts';
import type { Machine } from '../src/machine.ts';
import { findServerProcesses } from '../src/server-processes.ts';
import { findPlace } from '../src/place.ts';

export const log = { debug: ignore, info: ignore, warn: ignore, error: ignore };

/** A folder that is removed when the test is over; `mode` other than 0711 keeps the database's user out. */
export async function makeFolder(mode = 0o711): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'embedded-database-'));
  await chmod(folder, mode);
  onTestFinished(async () => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A folder as `makeFolder` gives it, with a database that was initialised before: a copy is made faster. */
export async function makeInitialisedFolder(template: string): Promise<string> {
  const folder = await makeFolder();
  await promisify(execFile)('cp', ['-a', `${template}/.`, folder]);
  return folder;
}

/** For makeInitialisedFolder; the caller removes it. */
export async function makeTemplate(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'embedded-database-template-'));
  const database = await startDatabase({ folder, log, settings: { fsync: 'off' } });
  await database.stop();
  return folder;
}

export interface Started {
  readonly database: EmbeddedDatabase;
  readonly sql: Database;
}

/** A database that is stopped when the test is over. */
export async function start(
  options: Partial<StartDatabaseOptions> & { folder: string },
  machine: Machine = thisMachine(),
): Promise<Started> {
  const settings = { fsync: 'off', ...options.settings };
  const database = await startDatabase({ log, ...options, settings }, machine);
  const sql = connect({ url: database.url, applicationName: 'test', maxConnections: 3, log });
  onTestFinished(async () => {
    await sql.end();
    await database.stop({ graceMs: 1_000 });
  });
  return { database, sql };
}

/** How many processes of a server work in the data folder of this place. */
export async function countProcesses(folder: string): Promise<number> {
  const place = await findPlace(folder, { user: undefined, sharedFolder: '/nowhere' });
  return (await findServerProcesses(place, thisMachine().run)).length;
}

function ignore(): void {}
