import { chown, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import type { Binaries } from './binaries.ts';
import { EmbeddedDatabaseError } from './embedded-database-error.ts';
import type { Machine } from './machine.ts';
import { ensureOwnFolder } from './own-folder.ts';
import { exists } from './place.ts';
import type { Place } from './place.ts';
import { runProgram } from './run-program.ts';
import { explainFailure } from './start-failure.ts';
import type { User } from './unprivileged-user.ts';

export interface InitialiseOptions {
  readonly binaries: Binaries;
  readonly user: User | undefined;
  readonly machine: Machine;
  readonly onLine: (line: string) => void;
}

export const superuser = 'postgres';

/**
 * Makes the data folder on first use and gives the superuser's password.
 * @throws EmbeddedDatabaseError `data-of-another-version`, `password-missing`, `disk-full`, `folder-unusable`,
 * `initialise-failed`
 */
export async function ensureInitialised(place: Place, options: InitialiseOptions): Promise<string> {
  const { machine, user, binaries } = options;
  await ensureOwnFolder(place.folder, { uid: machine.uid, mode: user === undefined ? 0o700 : 0o711 });
  await ensureOwnFolder(place.secrets, { uid: machine.uid, mode: 0o700 });
  if (!(await exists(place.data))) {
    const password = machine.randomBytes(24).toString('base64url');
    await initialise(place, { ...options, password });
    return password;
  }
  const version = await readFile(path.join(place.data, 'PG_VERSION'), 'utf8').catch((cause: unknown) => {
    throw new EmbeddedDatabaseError('data-of-another-user', { cause });
  });
  if (version.trim() !== binaries.major) throw new EmbeddedDatabaseError('data-of-another-version');
  return readFile(place.passwordFile, 'utf8').catch((cause: unknown) => {
    throw new EmbeddedDatabaseError('password-missing', { cause });
  });
}

/** Works in a folder beside and renames at the end: what a kill or a full disk leaves behind is never taken for data. */
async function initialise(place: Place, options: InitialiseOptions & { password: string }): Promise<void> {
  const { user, password } = options;
  const workshop = await mkdtemp(path.join(place.folder, 'initialise-')).catch(rethrowDiskFull);
  const passwordFile = path.join(workshop, 'password');
  const data = path.join(workshop, 'data');
  try {
    await writeFile(passwordFile, password, { mode: 0o600 });
    await writeFile(place.passwordFile, password, { mode: 0o600 });
    await mkdir(data, { mode: 0o700 });
    if (user !== undefined) {
      await Promise.all([workshop, passwordFile, data].map((file) => chown(file, user.uid, user.gid)));
    }
    await runInitdb({ ...options, data, passwordFile });
    await rename(data, place.data);
  } catch (error) {
    rethrowDiskFull(error);
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

async function runInitdb(
  options: InitialiseOptions & { readonly data: string; readonly passwordFile: string },
): Promise<void> {
  const { binaries, user, onLine, data, passwordFile } = options;
  const lines: string[] = [];
  const initdbArguments = [
    `--pgdata=${data}`,
    `--username=${superuser}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    // PostgreSQL's own C.UTF-8 sorts the same on every platform and after every upgrade of it.
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--data-checksums',
    '--no-instructions',
  ];
  const { exited, printed } = runProgram(path.join(binaries.folder, 'bin', 'initdb'), initdbArguments, {
    user,
    onLine(line) {
      lines.push(line);
      onLine(line);
    },
  });
  const { code } = await exited.catch((cause: unknown) => {
    throw new EmbeddedDatabaseError('initialise-failed', { cause });
  });
  await printed;
  if (code !== 0) throw explainFailure(lines, 'initialise-failed');
}

function rethrowDiskFull(cause: unknown): never {
  if (cause instanceof Error && 'code' in cause && cause.code === 'ENOSPC') {
    throw new EmbeddedDatabaseError('disk-full', { cause });
  }
  throw cause;
}
