import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkServer, closeToPublic } from '@liaison/postgres';
import type { Log, LogLevel } from '@liaison/service';
import { LocalError, type LocalErrorCode } from './local-error.ts';
import type { LocalOptions } from './options.ts';
import { superviseChild, type SupervisedChild } from './processes/child.ts';
import { childSpecs, type Entries } from './processes/child-specs.ts';
import { superviseDatabase } from './processes/database.ts';
import { openRunFolder, type RunFolder } from './processes/run-folder.ts';
import { withAdmin, type DatabaseServer } from './setup/database-server.ts';
import { createInstallation, dataFormat, type Installation } from './setup/installation.ts';
import { openExchangePlace, type OpenExchangePlace } from './setup/open-exchange-place.ts';
import type { ExchangePlace } from './setup/exchange-place.ts';
import { choosePorts, type Ports } from './setup/ports.ts';
import { prepareDatabases, removeDatabases } from './setup/prepare-databases.ts';
import { writeKeyFiles } from './setup/write-key-files.ts';
import { untilAborted } from './until-aborted.ts';

/** All of Liaison, running on this machine. */
export interface RunningLocal {
  readonly installation: Installation;
  readonly server: DatabaseServer;
  readonly exchange: OpenExchangePlace;
  readonly ports: Ports;
  readonly folder: RunFolder;
  readonly children: readonly SupervisedChild[];
  /** Of the embedded PostgreSQL; null where it is not ours or restarts. */
  databasePid(): number | null;
  /** Stops everything, within seconds, and leaves no process behind. */
  stop(): Promise<void>;
}

/** What starting needs besides options. */
export interface StartDeps {
  readonly log: Log;
  readonly inheritedEnv: Readonly<Record<string, string | undefined>>;
  /** Modules that the processes run; tests bring their own, which stop at named points. */
  readonly entries?: Partial<Entries>;
  /** Of what the processes log; `info` where absent. */
  readonly logLevel?: LogLevel;
  readonly onProgress?: (step: string) => void;
  /** Where processes reach the database's or a broker's port instead: tests put something in between that they can cut. */
  readonly detour?: (port: number) => Promise<number>;
  /** Ends starting early. */
  readonly signal?: AbortSignal;
}

const neededConnections = 150;
const installationFile = 'installation.json';

interface OpenServer extends DatabaseServer {
  pid(): number | null;
  condition(): LocalErrorCode | null;
  stop(): Promise<void>;
}

async function openServer(options: LocalOptions, folder: RunFolder, log: Log): Promise<OpenServer> {
  if (options.databaseUrl === null) return superviseDatabase(folder.database, log);
  const server = { adminUrl: options.databaseUrl };
  await withAdmin(server, null, async (admin) => {
    try {
      await checkServer(admin, { needConnections: neededConnections });
    } catch (error) {
      if ((error as { kind?: unknown }).kind !== 'retry') throw error;
      throw new LocalError('database-unreachable', { cause: error });
    }
    const { rows } = await admin.query<{ able: boolean }>(
      'select rolsuper or (rolcreatedb and rolcreaterole) as able from pg_roles where rolname = current_user',
    );
    if (rows[0]?.able !== true) throw new LocalError('database-too-weak');
  });
  return { ...server, pid: () => null, condition: () => null, stop: () => Promise.resolve() };
}

/** The installation of a folder: the one that is there, or a new one whose databases are set up now. */
async function openInstallation(
  server: DatabaseServer,
  folder: RunFolder,
  options: LocalOptions,
): Promise<Installation> {
  const file = join(folder.keys, installationFile);
  if (existsSync(file)) {
    const installation = JSON.parse(readFileSync(file, 'utf8')) as Installation;
    if (installation.format !== dataFormat) throw new LocalError('data-of-another-version');
    return installation;
  }
  const installation = createInstallation(options.states);
  // On a server of our own nobody has any business in the databases that come with it.
  if (options.databaseUrl === null) {
    await withAdmin(server, null, (admin) => closeToPublic(admin, ['postgres', 'template1']));
  }
  await prepareDatabases(server, installation);
  // Written last: a folder without it was never set up to its end.
  writeFileSync(file, JSON.stringify(installation), { mode: 0o600 });
  return installation;
}

/** Starts each process when those it needs are ready: the contact points fetch the directory from the hub. */
async function startChildren(
  running: {
    readonly installation: Installation;
    readonly server: DatabaseServer;
    readonly exchange: ExchangePlace;
    readonly ports: Ports;
  },
  folder: RunFolder,
  deps: StartDeps,
): Promise<SupervisedChild[]> {
  const specs = childSpecs({
    ...running,
    folder,
    entries: deps.entries ?? {},
    compileCache: deps.inheritedEnv['NODE_COMPILE_CACHE'] ?? join(folder.shared, 'compile-cache'),
    logLevel: deps.logLevel ?? 'info',
  });
  const children: SupervisedChild[] = [];
  const start = async (...names: (keyof typeof specs)[]): Promise<void> => {
    const started = names.map((name) => superviseChild(specs[name], deps));
    children.push(...started);
    await untilAborted(Promise.all(started.map((child) => child.ready())), deps.signal);
  };
  try {
    await start('router', 'audit');
    await start('submissionApi');
    await start('contactPoints');
  } catch (error) {
    await Promise.all(children.map((child) => child.stop()));
    throw error;
  }
  return children;
}

/** The server as the processes reach it. */
async function takeDetour(server: DatabaseServer, { detour }: StartDeps): Promise<DatabaseServer> {
  if (detour === undefined) return server;
  const url = new URL(server.adminUrl);
  url.port = String(await detour(Number(url.port)));
  return { adminUrl: url.href };
}

async function startParts(
  options: LocalOptions,
  folder: RunFolder,
  deps: StartDeps,
): Promise<Omit<RunningLocal, 'stop'> & { readonly openedServer: OpenServer }> {
  const progress = deps.onProgress ?? (() => undefined);
  const ports = await choosePorts(options.port);
  progress('PostgreSQL');
  const server = await openServer(options, folder, deps.log);
  let exchange: OpenExchangePlace | undefined;
  try {
    progress('databases and keys');
    const installation = await untilAborted(openInstallation(server, folder, options), deps.signal);
    if (options.kafka) progress('Kafka');
    const reached = await takeDetour(server, deps);
    const opening = openExchangePlace(options, { installation, server: reached, folder, deps });
    exchange = await untilAborted(opening, deps.signal);
    const surroundings = { installation, server: reached, exchange, ports };
    await writeKeyFiles(folder, surroundings);
    progress('hub and contact points');
    const children = await startChildren(surroundings, folder, deps);
    const pids = children.flatMap((child) => child.pid() ?? []);
    await folder.recordProcesses(pids);
    return {
      installation,
      server,
      exchange,
      ports,
      folder,
      children,
      databasePid: () => server.pid(),
      openedServer: server,
    };
  } catch (error) {
    await exchange?.stop();
    await server.stop();
    const condition = server.condition();
    throw condition === null ? error : new LocalError(condition, { cause: error });
  }
}

/**
 * Starts all of Liaison on this machine.
 * @throws LocalError (`stopped` where the signal ends it), EmbeddedDatabaseError, DatabaseError: `sentenceOf` has words for each.
 */
export async function startLocal(options: LocalOptions, deps: StartDeps): Promise<RunningLocal> {
  const folder = await openRunFolder(options.dataFolder, deps.log);
  try {
    const { openedServer, ...parts } = await startParts(options, folder, deps);
    return {
      ...parts,
      async stop() {
        await Promise.all(parts.children.map((child) => child.stop()));
        if (options.databaseUrl !== null && folder.temporary) {
          await removeDatabases(parts.server, parts.installation);
        }
        await parts.exchange.stop();
        await openedServer.stop();
        await folder.release();
      },
    };
  } catch (error) {
    await folder.release();
    throw error;
  }
}
