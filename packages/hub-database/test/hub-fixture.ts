import { randomBytes, randomUUID } from 'node:crypto';
import { connect, createDatabase, dropDatabase, quoteIdentifier, type Database } from '@liaison/postgres';
import { createNewId, silentLog, systemClock, type NewId } from '@liaison/service';
import { inject } from 'vitest';
import {
  createEventMaker,
  grantHubLogin,
  migrateHub,
  type EventMaker,
  type HubService,
} from '../src/index.ts';

/** A migrated hub database with a login for each service, as in production. */
export interface HubFixture {
  readonly name: string;
  /** As who owns everything in it. */
  readonly owner: Database;
  readonly events: EventMaker;
  readonly newId: NewId;
  /** Opens it with the rights of a service. */
  as(service: HubService): Database;
  openAs(login: { readonly name: string; readonly password: string }): Database;
  /** Another database of the server. */
  openAsOwner(database: string): Database;
  close(): Promise<void>;
}

export const origin = 'liaison.example/test/ledger';
const services: readonly HubService[] = ['submission-api', 'router', 'audit'];

/** Makes a database of its own on the shared server; `close` drops it. */
export async function createHubFixture(): Promise<HubFixture> {
  const name = `hub_${randomUUID()}`;
  const opened: Database[] = [];
  const openUrl = (url: string): Database => {
    const database = connect({ url, applicationName: 'test', maxConnections: 8, log: silentLog });
    opened.push(database);
    return database;
  };
  const urlOf = (database: string, login?: { readonly name: string; readonly password: string }): string => {
    const url = new URL(inject('databaseUrl'));
    url.pathname = `/${database}`;
    if (login !== undefined) {
      url.username = login.name;
      url.password = login.password;
    }
    return url.href;
  };
  const admin = connect({
    url: inject('databaseUrl'),
    applicationName: 'test',
    maxConnections: 1,
    log: silentLog,
  });
  await createDatabase(admin, { name });
  const owner = openUrl(urlOf(name));
  await migrateHub(owner, silentLog);
  const logins = services.map((service) => ({ service, name: `${service}_${name}`, password: randomUUID() }));
  for (const login of logins) await grantHubLogin(owner, { ...login, database: name });
  const newId = createNewId(systemClock, randomBytes);
  const connections = new Map(logins.map((login) => [login.service, openUrl(urlOf(name, login))]));
  return {
    name,
    owner,
    newId,
    events: createEventMaker({ origin, newId, randomBytes }),
    as(service) {
      const database = connections.get(service);
      if (database === undefined) throw new RangeError('no such service');
      return database;
    },
    openAs: (login) => openUrl(urlOf(name, login)),
    openAsOwner: (database) => openUrl(urlOf(database)),
    async close() {
      await Promise.all(opened.map((database) => database.end()));
      await dropDatabase(admin, name);
      // Those that a test has made end in the database's name as well.
      const { rows } = await admin.query<{ role: string }>(
        `select rolname as role from pg_roles where right(rolname, length($1)) = $1`,
        [name],
      );
      for (const { role } of rows) await admin.query(`drop role ${quoteIdentifier(role)}`);
      await admin.end();
    },
  };
}

/** The SQLSTATE with which a statement is refused; null where it is not. */
export async function sqlstateOf(work: Promise<unknown>): Promise<string | null> {
  try {
    await work;
    return null;
  } catch (error) {
    return (error as { sqlstate?: string | null }).sqlstate ?? String((error as { code?: unknown }).code);
  }
}
