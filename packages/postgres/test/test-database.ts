import { randomUUID } from 'node:crypto';

import { inject, onTestFinished } from 'vitest';

import { connect, createDatabase, dropDatabase } from '../src/index.ts';
import type { Database, Log, LogFields } from '../src/index.ts';

export interface RecordedLog extends Log {
  readonly entries: { readonly event: string; readonly fields: LogFields }[];
}

export function recordLog(): RecordedLog {
  const entries: RecordedLog['entries'] = [];
  const write = (event: string, fields: LogFields = {}) => {
    entries.push({ event, fields });
  };
  return { entries, debug: write, info: write, warn: write, error: write };
}

export const log = recordLog();

/** The shared server as its superuser, until the test is over. */
export function connectAdmin(): Database {
  return connectUntilFinished(inject('databaseUrl'));
}

/** The URL of a database of its own, dropped when the test is over. */
export async function createTestDatabase(): Promise<string> {
  const admin = connectAdmin();
  const name = `test_${randomUUID()}`;
  await createDatabase(admin, { name });
  onTestFinished(async () => {
    await usingAdmin(async (database) => dropDatabase(database, name));
  });
  const url = new URL(inject('databaseUrl'));
  url.pathname = `/${name}`;
  return url.href;
}

export function connectUntilFinished(url: string, options?: { maxConnections: number }): Database {
  const database = connect({ url, applicationName: 'test', maxConnections: 5, log, ...options });
  onTestFinished(async () => database.end());
  return database;
}

async function usingAdmin(work: (database: Database) => Promise<void>): Promise<void> {
  const database = connect({ url: inject('databaseUrl'), applicationName: 'test', maxConnections: 1, log });
  await work(database);
  await database.end();
}
