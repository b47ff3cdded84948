import { chmod, cp, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';

import type { Binaries } from './binaries.ts';
import { ensureOwnFolder } from './own-folder.ts';
import { exists, shortHash } from './place.ts';
import { isTraversable, mayUse } from './reachability.ts';
import type { User } from './unprivileged-user.ts';

/**
 * Binaries that `user` can run: those installed, or when he cannot reach them a copy under `sharedFolder`, which
 * belongs to root and which only root may write.
 * @throws EmbeddedDatabaseError `folder-unusable`
 */
export async function findReachableBinaries(
  binaries: Binaries,
  { user, sharedFolder }: { user: User | undefined; sharedFolder: string },
): Promise<Binaries> {
  if (user === undefined || (await isUsable(binaries.folder, user))) return binaries;
  await ensureOwnFolder(sharedFolder, { uid: 0, mode: 0o755 });
  const folder = path.join(sharedFolder, `postgresql-${binaries.version}-${shortHash(binaries.folder)}`);
  if (!(await exists(folder))) await copyWhole(binaries.folder, folder);
  return { ...binaries, folder };
}

async function isUsable(folder: string, user: User): Promise<boolean> {
  const needed = [
    { file: 'bin/postgres', bits: 0o5 },
    { file: 'lib', bits: 0o5 },
    { file: 'share/postgresql/postgres.bki', bits: 0o4 },
  ];
  const answers = needed.map(({ file, bits }) => mayUse(path.join(folder, file), { user, bits }));
  return (await isTraversable(folder, user)) && (await Promise.all(answers)).every(Boolean);
}

/** Copies next to the target and renames, so that a copy cut short is never taken for a whole one. */
async function copyWhole(source: string, target: string): Promise<void> {
  const partial = await mkdtemp(`${target}.`);
  try {
    await cp(source, partial, { recursive: true, verbatimSymlinks: true });
    await openToReaders(partial);
    await rename(partial, target);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    // Another process may have been faster with the same copy.
    if (!(await exists(target))) throw error;
  }
}

async function openToReaders(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const isRunnable = entry.isDirectory() || path.basename(entry.parentPath) === 'bin';
    if (!entry.isSymbolicLink())
      await chmod(path.join(entry.parentPath, entry.name), isRunnable ? 0o755 : 0o644);
  }
}
