import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeDatabase } from '@liaison/embedded-database';
import { addressesOf, namesOf, startLocal, urlOf, type Entries, type RunningLocal } from '@liaison/local';
import { connect, type Database } from '@liaison/postgres';
import { silentLog } from '@liaison/service';
import { bareEnvironment } from '../../setup/bare-environment.ts';
import type { LoadTarget } from '../load/load-messages.ts';
import { withCleanUp } from './clean-up.ts';

/** A whole Liaison to be measured. */
export interface BenchLocal {
  readonly local: RunningLocal;
  /** The hub's database, as its administrator. */
  readonly hub: Database;
  /** Stops everything; the data stays. */
  readonly stop: () => Promise<void>;
}

/** Works with a folder for the data of a bench, outside this repository, and removes it with its database. */
export async function withBenchFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'liaison-bench-'));
  const remove = async (): Promise<void> => {
    await removeDatabase(join(folder, 'data', 'database'));
    await rm(folder, { recursive: true, force: true });
  };
  return withCleanUp(remove, () => work(folder));
}

/** Opens the hub's database as its administrator. */
function openHubDatabase(local: Pick<RunningLocal, 'server' | 'installation'>): Database {
  return connect({
    url: urlOf(local.server, namesOf(local.installation).hubDatabase),
    applicationName: 'bench',
    maxConnections: 2,
    idleTimeoutMs: 600_000,
    queryTimeoutMs: 0,
    log: silentLog,
  });
}

/** Starts all of Liaison with all 28 contact points, its data in `<folder>/data`, with the settings of `pnpm start`. */
export async function startBenchLocal(
  folder: string,
  entries: Partial<Entries> = {},
  brokers: 1 | 3 | null = null,
): Promise<BenchLocal> {
  const local = await startLocal(
    {
      referrals: 0,
      rate: null,
      once: true,
      json: false,
      dataFolder: join(folder, 'data'),
      databaseUrl: null,
      kafka: brokers !== null,
      kafkaBrokers: brokers ?? 1,
      port: 0,
      states: null,
      seed: 1,
    },
    { log: silentLog, inheritedEnv: bareEnvironment, entries },
  );
  const hub = openHubDatabase(local);
  return {
    local,
    hub,
    async stop() {
      await hub.end();
      await local.stop();
    },
  };
}

/** What the load generator needs to know of a running Liaison. */
export function targetOf({ installation, ports }: RunningLocal): LoadTarget {
  return {
    submissionApi: addressesOf(ports).submissionApi,
    instance: installation.instance,
    senders: installation.senders.map(({ participant, signing }) => ({
      id: participant.id,
      key: { kid: signing.kid, jwk: signing.privateJwk },
    })),
  };
}
