import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { clearOrphan, removeDatabase, startDatabase } from '@liaison/embedded-database';
import { migrateHub } from '@liaison/hub-database';
import { connect, createDatabase, dropDatabase, type Database } from '@liaison/postgres';
import type { TestProject } from 'vitest/node';

import { readExternalDatabaseUrl } from './config.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Superuser's URL of the PostgreSQL that all integration tests share: each file makes a database of its own. */
    databaseUrl: string;
    /** Whether it was given to us: then nobody may restart it. */
    isExternalDatabase: boolean;
    /** A migrated database of a hub, to be copied: migrating takes a second, copying a tenth. */
    hubTemplate: string;
  }
}

const prefix = 'liaison-test-';
const log = { debug: ignore, info: ignore, warn: ignore, error: ignore };

function open(url: string): Database {
  return connect({ url, applicationName: 'test', maxConnections: 1, log });
}

/** Makes the database that tests copy. @returns what removes it again. */
async function provideHubTemplate(project: TestProject, databaseUrl: string): Promise<() => Promise<void>> {
  const name = `hub_template_${randomUUID()}`;
  const url = new URL(databaseUrl);
  url.pathname = `/${name}`;
  const admin = open(databaseUrl);
  await createDatabase(admin, { name });
  const template = open(url.href);
  await migrateHub(template, log);
  await template.end();
  project.provide('hubTemplate', name);
  return async () => {
    await dropDatabase(admin, name);
    await admin.end();
  };
}

/** Runs one PostgreSQL for a whole run of the integration tests. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const external = readExternalDatabaseUrl();
  project.provide('isExternalDatabase', external !== undefined);
  if (external !== undefined) {
    project.provide('databaseUrl', external);
    return provideHubTemplate(project, external);
  }
  await sweep();
  const folder = await mkdtemp(path.join(tmpdir(), prefix));
  // Root starts the server for another user, who has to pass through.
  await chmod(folder, 0o711);
  // Tests kill processes, not computers: what the system holds in memory is safe enough, and faster.
  const settings = { fsync: 'off' };
  const database = await startDatabase({ folder: path.join(folder, 'database'), log, settings });
  project.provide('databaseUrl', database.url);
  const removeTemplate = await provideHubTemplate(project, database.url);
  return async () => {
    await removeTemplate();
    await database.stop();
    await removeDatabase(path.join(folder, 'database'));
    await rm(folder, { recursive: true, force: true });
  };
}

/** Removes what runs that were killed have left behind. */
async function sweep(): Promise<void> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(prefix));
  for (const folder of names.map((name) => path.join(tmpdir(), name))) {
    const isYoung = Date.now() - (await stat(folder)).mtimeMs < 600_000;
    if (isYoung) continue;
    try {
      await clearOrphan(path.join(folder, 'database'), { log });
      await removeDatabase(path.join(folder, 'database'));
      await rm(folder, { recursive: true, force: true });
    } catch {
      // Its run is still going on, or it is another user's.
    }
  }
}

function ignore(): void {}
