import { chmod, lstat, mkdir } from 'node:fs/promises';

import { EmbeddedDatabaseError } from './embedded-database-error.ts';

/**
 * Makes sure of a real folder (no symbolic link) that belongs to `uid` and that nobody else may write, so that what is
 * later read from it was put there by us. `mode` counts when it is created, and for what we own.
 * @throws EmbeddedDatabaseError `folder-unusable`
 */
export async function ensureOwnFolder(
  folder: string,
  { uid, mode }: { uid: number; mode: number },
): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    const found = await lstat(folder);
    if (!found.isDirectory() || found.uid !== uid) throw new EmbeddedDatabaseError('folder-unusable');
    // Explicitly, because a umask may have taken bits from mkdir's mode.
    await chmod(folder, mode);
  } catch (cause) {
    throw cause instanceof EmbeddedDatabaseError
      ? cause
      : new EmbeddedDatabaseError('folder-unusable', { cause });
  }
}
