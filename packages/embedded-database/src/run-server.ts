import { EmbeddedDatabaseError } from './embedded-database-error.ts';
import type { EmbeddedDatabaseErrorCode } from './embedded-database-error.ts';
import type { Machine } from './machine.ts';
import type { Place } from './place.ts';
import { readPostmasterFile } from './postmaster-file.ts';
import { identify } from './process-identity.ts';
import { runProgram } from './run-program.ts';
import type { Exit } from './run-program.ts';
import { settingArguments } from './settings.ts';
import type { Settings } from './settings.ts';
import { explainFailure, nameFailure } from './start-failure.ts';
import { terminateLeftovers, terminatePostmaster } from './terminate.ts';
import type { User } from './unprivileged-user.ts';

export interface RunningServer {
  readonly pid: number;
  readonly exited: Promise<Exit>;
  hasExited(): boolean;
  /** What its last lines say is wrong, once it has ended by itself. */
  failure(): EmbeddedDatabaseErrorCode | null;
}

export interface RunServerOptions {
  readonly place: Place;
  readonly settings: Settings;
  readonly user: User | undefined;
  readonly machine: Machine;
  readonly onLine: (line: string) => void;
  readonly startTimeoutMs: number;
}

const pollMs = 10;
const keptLines = 50;

/**
 * Starts the server and waits until it accepts connections, which after a crash can take as long as its recovery.
 * @throws EmbeddedDatabaseError
 */
export async function runServer(file: string, options: RunServerOptions): Promise<RunningServer> {
  const { place, settings, user, onLine } = options;
  const lines: string[] = [];
  const { pid, exited, printed } = runProgram(file, ['-D', place.data, ...settingArguments(settings)], {
    user,
    onLine(line) {
      lines.push(line);
      if (lines.length > keptLines) lines.shift();
      onLine(line);
    },
  });
  if (pid === undefined) {
    const cause: unknown = await exited.catch((error: unknown) => error);
    throw new EmbeddedDatabaseError('start-failed', { cause });
  }
  let exit: Exit | undefined;
  const server = {
    pid,
    exited: exited.then((ended) => {
      exit = ended;
      return ended;
    }),
    hasExited: () => exit !== undefined,
    failure: () => (exit === undefined || exit.code === 0 ? null : nameFailure(lines)),
  };
  await waitUntilReady(server, options);
  if (server.hasExited()) {
    await printed;
    throw explainFailure(lines, 'start-failed');
  }
  return server;
}

/** Returns when the server is ready or has exited. The status in its lock file is what pg_ctl goes by, too. */
async function waitUntilReady(server: RunningServer, options: RunServerOptions): Promise<void> {
  const { place, machine, startTimeoutMs } = options;
  for (let waitedMs = 0; waitedMs < startTimeoutMs; waitedMs += pollMs) {
    const lockFile = await readPostmasterFile(place);
    if (server.hasExited() || (lockFile?.pid === server.pid && lockFile.status === 'ready')) return;
    await machine.sleep(pollMs);
  }
  const postmaster = await identify(server.pid, machine.run);
  if (postmaster !== undefined) await terminatePostmaster(postmaster, { graceMs: 0, machine });
  await terminateLeftovers(place, machine);
  throw new EmbeddedDatabaseError('start-timeout');
}
