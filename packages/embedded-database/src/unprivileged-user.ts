import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { EmbeddedDatabaseError } from './embedded-database-error.ts';

/** A user of this machine, as spawn takes it. */
export interface User {
  readonly uid: number;
  readonly gid: number;
}

export type RunCommand = (command: string, commandArguments: readonly string[]) => Promise<string>;

const name = 'postgres';

/** Runs a program and gives what it printed. */
export const runCommand: RunCommand = async (command, commandArguments) => {
  const { stdout } = await promisify(execFile)(command, commandArguments);
  return stdout.trim();
};

/**
 * Whom PostgreSQL is to run as: undefined means as ourselves. It refuses uid 0, so root hands it to the user
 * `postgres`, who is created when missing (by useradd, or adduser where BusyBox rules).
 * @throws EmbeddedDatabaseError `user-missing`
 */
export async function findUnprivilegedUser(uid: number, run: RunCommand): Promise<User | undefined> {
  if (uid !== 0) return undefined;
  const found = await lookUp(run);
  if (found !== undefined) return found;
  try {
    await run('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/bin/false', name]);
  } catch (refused) {
    try {
      await run('adduser', ['-S', '-D', '-H', '-s', '/bin/false', name]);
    } catch (cause) {
      throw new EmbeddedDatabaseError('user-missing', { cause: new AggregateError([refused, cause]) });
    }
  }
  const created = await lookUp(run);
  if (created === undefined) throw new EmbeddedDatabaseError('user-missing');
  return created;
}

async function lookUp(run: RunCommand): Promise<User | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { uid: Number(uid), gid: Number(gid) };
  } catch {
    return undefined;
  }
}
