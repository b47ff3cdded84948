import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

import type { User } from './unprivileged-user.ts';

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface RunningProgram {
  readonly pid: number | undefined;
  /** Settles when the program has ended; rejects when it could not be started. */
  readonly exited: Promise<Exit>;
  /** Settles when all that it and its children print has been passed on: children may outlive it. */
  readonly printed: Promise<unknown>;
}

export interface ProgramOptions {
  readonly user: User | undefined;
  readonly onLine: (line: string) => void;
}

/**
 * Starts a program of PostgreSQL with nothing of our environment (PG* variables would change its mind) and in a
 * process group of its own, so that Ctrl-C in a terminal reaches only us and we stop it in order.
 */
export function runProgram(
  file: string,
  programArguments: readonly string[],
  { user, onLine }: ProgramOptions,
): RunningProgram {
  const child = spawn(file, programArguments, {
    ...user,
    cwd: '/',
    env: { LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const readers = [child.stdout, child.stderr].map((input) => createInterface({ input }).on('line', onLine));
  const printed = Promise.all(readers.map((reader) => once(reader, 'close')));
  const exited = new Promise<Exit>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      resolve({ code, signal });
    });
  });
  return { pid: child.pid, exited, printed };
}
