import { randomUUID } from 'node:crypto';
import { prepareExchange, registerHub, registerParticipant } from '@liaison/exchange';
import {
  connect,
  createDatabase,
  createRole,
  dropDatabase,
  quoteIdentifier,
  type Database,
} from '@liaison/postgres';
import { silentLog } from '@liaison/service';
import { inject } from 'vitest';
import { migrateContactPoint } from '../src/index.ts';
import { openCutLine, type CutLine } from './cut-line.ts';

/** Where a contact point works: its own database, and an exchange with the hub. */
export interface TestPlace {
  /** The contact point's database, as its owner. */
  readonly inboxUrl: string;
  /** The way that `inboxUrl` takes. */
  readonly line: CutLine;
  /** The same database, as a superuser and by another way. */
  readonly inbox: Database;
  /** Address of the exchange for `hub` and for `cp-be`. */
  readonly exchangeUrls: { readonly hub: string; readonly belgium: string };
  close(): Promise<void>;
}

const log = silentLog;

function urlOf(name: string, login: { role?: string; password?: string; port?: number } = {}): string {
  const url = new URL(inject('databaseUrl'));
  url.pathname = `/${name}`;
  if (login.role !== undefined) url.username = login.role;
  if (login.password !== undefined) url.password = login.password;
  if (login.port !== undefined) url.port = String(login.port);
  return url.href;
}

function open(url: string): Database {
  return connect({ url, applicationName: 'contact-point-test', maxConnections: 4, log });
}

/** Makes databases and roles of an installation's own. */
export async function createTestPlace(instance: string): Promise<TestPlace> {
  const admin = open(inject('databaseUrl'));
  const names = { exchange: `${instance}_exchange`, inbox: `${instance}_inbox` };
  const owner = { role: `${instance}_inbox`, password: randomUUID() };
  await createRole(admin, { name: owner.role, password: owner.password });
  await createDatabase(admin, { name: names.inbox, owner: owner.role });
  await createDatabase(admin, { name: names.exchange });
  const exchange = open(urlOf(names.exchange));
  await prepareExchange(exchange, { log });
  const hub = await registerHub(exchange, { instance });
  const belgium = await registerParticipant(exchange, { instance, participantId: 'cp-be' });
  await exchange.end();
  const asOwner = open(urlOf(names.inbox, owner));
  await migrateContactPoint(asOwner, log);
  await asOwner.end();
  const server = new URL(inject('databaseUrl'));
  const line = await openCutLine({ host: server.hostname, port: Number(server.port || 5432) });
  const inbox = open(urlOf(names.inbox));
  const exchangeUrlOf = ({ role, password }: typeof hub): string =>
    urlOf(names.exchange, { role, ...(password !== null && { password }) });
  return {
    inboxUrl: urlOf(names.inbox, { ...owner, port: line.port }),
    line,
    inbox,
    exchangeUrls: { hub: exchangeUrlOf(hub), belgium: exchangeUrlOf(belgium) },
    async close() {
      await inbox.end();
      await line.cut();
      for (const name of Object.values(names)) await dropDatabase(admin, name);
      for (const role of [owner.role, hub.role, belgium.role]) {
        await admin.query(`drop role ${quoteIdentifier(role)}`);
      }
      await admin.end();
    },
  };
}
