import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { startDatabase } from '@liaison/embedded-database';
import { closeToPublic, connect, createDatabase } from '@liaison/postgres';
import type { Database } from '@liaison/postgres';
import { inject } from 'vitest';

import { prepareExchange, registerHub, registerParticipant } from '../src/index.ts';
import type { ExchangeHarness, Party, Provision } from './exchange-contract.ts';

export const log = { debug: ignore, info: ignore, warn: ignore, error: ignore };

/** An embedded exchange, with what its operator can do. */
export interface ExchangeServer extends ExchangeHarness {
  readonly admin: Database;
  readonly superuser: { readonly user: string; readonly password: string };
  /** The address of the exchange's database, or another one of its server, for a role. */
  addressOf(role: { user: string; password: string; database?: string }): string;
  stop(): Promise<void>;
}

/** Starts a server of its own, unless an external one is to be tested: that one cannot be restarted. */
export async function startExchangeServer(
  settings: Record<string, string> = { fsync: 'off' },
): Promise<ExchangeServer> {
  if (inject('isExternalDatabase')) {
    const url = new URL(inject('databaseUrl'));
    return { ...(await openServer(url)), restart: undefined };
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'exchange-'));
  await chmod(folder, 0o711);
  let database = await startDatabase({ folder: path.join(folder, 'database'), log, settings });
  const server = await openServer(new URL(database.url)).catch(async (error: unknown) => {
    await database.stop();
    throw error;
  });
  return {
    ...server,
    async restart() {
      process.kill(database.pid, 'SIGKILL');
      await database.exited;
      const { port } = database;
      database = await startDatabase({ folder: path.join(folder, 'database'), log, settings, port });
    },
    async stop() {
      await server.stop();
      await database.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function openServer(superuser: URL): Promise<ExchangeServer & { restart: undefined }> {
  const name = `exchange_${randomUUID()}`;
  const maintenance = connect({ url: superuser.href, applicationName: 'test', maxConnections: 1, log });
  await createDatabase(maintenance, { name });
  await closeToPublic(maintenance, ['postgres', 'template1']);
  await maintenance.end();

  const addressOf = (role: { user: string; password: string; database?: string }) => {
    const url = new URL(superuser);
    url.username = role.user;
    url.password = role.password;
    url.pathname = `/${role.database ?? name}`;
    return url.href;
  };
  const owner = { user: superuser.username, password: decodeURIComponent(superuser.password) };
  const admin = connect({ url: addressOf(owner), applicationName: 'test admin', maxConnections: 2, log });
  await prepareExchange(admin, { log });
  return {
    admin,
    superuser: owner,
    addressOf,
    restart: undefined,
    hasAccessControl: true,
    provision: async (participants) => provision({ admin, addressOf, participants }),
    cutConnections: async () => {
      await admin.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and usename <> current_user`,
      );
    },
    async stop() {
      await admin.end();
    },
  };
}

async function provision(options: {
  admin: Database;
  addressOf: ExchangeServer['addressOf'];
  participants: number;
}): Promise<Provision> {
  const { admin, addressOf } = options;
  const instance = randomUUID().slice(0, 8);
  const hub = await registerHub(admin, { instance });
  const participants: Party[] = [];
  for (let number = 1; number <= options.participants; number += 1) {
    const participantId = `participant-${number}`;
    const { role, password, topics } = await registerParticipant(admin, { instance, participantId });
    const address = addressOf({ user: role, password: password ?? '' });
    participants.push({ address, group: participantId, ...topics });
  }
  return {
    hub: { address: addressOf({ user: hub.role, password: hub.password ?? '' }), group: 'hub' },
    participants,
  };
}

function ignore(): void {}
