import { createHash } from 'node:crypto';
import { access, realpath } from 'node:fs/promises';
import path from 'node:path';

import { isTraversable } from './reachability.ts';
import type { User } from './unprivileged-user.ts';

/** Where everything of one database lies; all paths are absolute and free of symbolic links. */
export interface Place {
  readonly folder: string;
  /** PostgreSQL's own folder. */
  readonly data: string;
  /** Folder for the password, which the database's user may not enter. */
  readonly secrets: string;
  readonly passwordFile: string;
  readonly supervisorFile: string;
  readonly logFile: string;
  /** Shown in the titles of the server's processes. */
  readonly clusterName: string;
}

/**
 * Finds the place for a folder. When root starts the database for another user and that user cannot pass through
 * the folders above (a clone in a 0700 home), it is a folder under `sharedFolder` that depends on the path only;
 * once there, it stays there, whatever the modes become.
 */
export async function findPlace(
  folder: string,
  { user, sharedFolder }: { user: User | undefined; sharedFolder: string },
): Promise<Place> {
  const absolute = path.resolve(folder);
  // The folder itself is ours and gets the mode it needs; those above it are not.
  const { existing, wanted: parent } = await resolveExisting(path.dirname(absolute));
  const wanted = path.join(parent, path.basename(absolute));
  if (user === undefined) return placeIn(wanted);
  const elsewhere = path.join(sharedFolder, `database-${shortHash(wanted)}`);
  const isHere = !(await exists(elsewhere)) && (await isTraversable(existing, user));
  return placeIn(isHere ? wanted : elsewhere);
}

export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

export async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

function placeIn(folder: string): Place {
  const secrets = path.join(folder, 'secret');
  return {
    folder,
    data: path.join(folder, 'data'),
    secrets,
    passwordFile: path.join(secrets, 'password'),
    supervisorFile: path.join(folder, 'supervisor.json'),
    logFile: path.join(folder, 'postgresql.log'),
    clusterName: `liaison-${shortHash(folder)}`,
  };
}

/** The deepest folder above `folder` (or itself) that exists, and `folder` without symbolic links. */
async function resolveExisting(folder: string): Promise<{ existing: string; wanted: string }> {
  for (let current = folder; ; current = path.dirname(current)) {
    if (await exists(current)) {
      const existing = await realpath(current);
      return { existing, wanted: path.join(existing, path.relative(current, folder)) };
    }
  }
}
