import path from 'node:path';

import { findBinaries } from './binaries.ts';
import type { Binaries } from './binaries.ts';
import { clearOrphanIn } from './clear-orphan.ts';
import { EmbeddedDatabaseError } from './embedded-database-error.ts';
import type { EmbeddedDatabaseErrorCode } from './embedded-database-error.ts';
import { findFreePort } from './free-port.ts';
import { ensureInitialised, superuser } from './initialise.ts';
import type { Log } from './log.ts';
import { createLogFile } from './log-file.ts';
import { thisMachine } from './machine.ts';
import type { Machine } from './machine.ts';
import { findPlace } from './place.ts';
import type { Place } from './place.ts';
import { removeStalePostmasterFile } from './postmaster-file.ts';
import { findReachableBinaries } from './reachable-binaries.ts';
import { runServer } from './run-server.ts';
import type { RunningServer } from './run-server.ts';
import { settingsFor } from './settings.ts';
import type { Settings } from './settings.ts';
import type { Exit } from './run-program.ts';
import { identify } from './process-identity.ts';
import { removeSupervisor, writeSupervisor } from './supervisor-record.ts';
import { terminateLeftovers, terminatePostmaster } from './terminate.ts';
import { findUnprivilegedUser } from './unprivileged-user.ts';
import type { User } from './unprivileged-user.ts';

export interface StartDatabaseOptions {
  /** The database's own folder; created when missing. */
  readonly folder: string;
  readonly log: Log;
  readonly maxConnections?: number;
  /** Settings of postgresql.conf that differ from ours. */
  readonly settings?: Settings;
  /** Default: any free one. A supervisor passes the previous one, so that its clients find the database again. */
  readonly port?: number;
  readonly startTimeoutMs?: number;
}

export interface EmbeddedDatabase {
  /** Of the superuser, with the password: a secret. */
  readonly url: string;
  readonly port: number;
  readonly password: string;
  readonly pid: number;
  /** Where it really lies; see the README for when that is not the folder asked for. */
  readonly folder: string;
  /** Resolves when the server has ended, whoever ended it. */
  readonly exited: Promise<Exit>;
  /** What kept it from going on, where it has ended by itself and its last lines name that: a full disk, say. */
  failure(): EmbeddedDatabaseErrorCode | null;
  /** Fast shutdown, after `graceMs` immediate shutdown, at last kill; afterwards no process is left. */
  stop(options?: { graceMs?: number }): Promise<void>;
}

/**
 * Starts a real PostgreSQL 18 on 127.0.0.1 in a folder, which it initialises on first use. Remains of a database that
 * was killed, or whose starter was, are cleared first.
 * @throws EmbeddedDatabaseError each code but `start-failed` says what to do
 */
export async function startDatabase(
  options: StartDatabaseOptions,
  machine: Machine = thisMachine(),
): Promise<EmbeddedDatabase> {
  const { log } = options;
  const user = await findUnprivilegedUser(machine.uid, machine.run);
  const shared = { user, sharedFolder: machine.sharedFolder };
  const binaries = await findReachableBinaries(await findBinaries(machine), shared);
  const place = await findPlace(options.folder, shared);
  await clearOrphanIn(place, { log }, machine);
  const logFile = createLogFile(place.logFile, { maxBytes: 5_000_000 });
  const onLine = (line: string) => {
    logFile.write(line);
  };
  const password = await ensureInitialised(place, { binaries, user, machine, onLine });
  await writeSupervisor(place, machine);
  await removeStalePostmasterFile(place);
  try {
    const { server, port } = await runOnPort({ ...options, place, binaries, user, machine, onLine });
    log.info('database-started', { port, pid: server.pid, folder: place.folder });
    void logExit(server, log);
    const url = `postgres://${superuser}:${password}@127.0.0.1:${port}/postgres`;
    const stop = createStop({ server, place, machine });
    const { pid, exited } = server;
    const failure = (): EmbeddedDatabaseErrorCode | null => server.failure();
    return { url, port, password, pid, folder: place.folder, exited, failure, stop };
  } catch (error) {
    await removeSupervisor(place);
    throw error;
  }
}

async function logExit(server: RunningServer, log: Log): Promise<void> {
  const { code, signal } = await server.exited;
  log[code === 0 ? 'info' : 'warn']('database-exited', { pid: server.pid, exitCode: code, signal });
}

interface RunOptions extends StartDatabaseOptions {
  readonly place: Place;
  readonly binaries: Binaries;
  readonly user: User | undefined;
  readonly machine: Machine;
  readonly onLine: (line: string) => void;
}

async function runOnPort(options: RunOptions): Promise<{ server: RunningServer; port: number }> {
  const { place, binaries, maxConnections = 250, settings = {}, startTimeoutMs = 120_000 } = options;
  const file = path.join(binaries.folder, 'bin', 'postgres');
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await findFreePort(options.machine.random));
    const given = settingsFor(place, { port, maxConnections, settings });
    try {
      return { server: await runServer(file, { ...options, settings: given, startTimeoutMs }), port };
    } catch (error) {
      // Somebody may take a free port between our look and the server's.
      const isTaken = error instanceof EmbeddedDatabaseError && error.code === 'port-in-use';
      if (!isTaken || options.port !== undefined || attempt === 5) throw error;
    }
  }
}

function createStop(running: {
  server: RunningServer;
  place: Place;
  machine: Machine;
}): EmbeddedDatabase['stop'] {
  const { server, place, machine } = running;
  return async ({ graceMs = 10_000 } = {}) => {
    const postmaster = await identify(server.pid, machine.run);
    if (postmaster !== undefined && !server.hasExited()) {
      await terminatePostmaster(postmaster, { graceMs, machine });
    }
    await server.exited;
    await terminateLeftovers(place, machine);
    await removeSupervisor(place);
  };
}
