import { open, rename } from 'node:fs/promises';

/**
 * Writes a file so that, at whatever moment the process or the machine stops, its name has either the whole content or
 * what it had before. Its name is durable once `syncFolder` has run.
 */
export async function writeDurably(path: string, content: string, partialPath: string): Promise<void> {
  const file = await open(partialPath, 'w');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(partialPath, path);
}

/** Makes the names in a folder durable. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } catch (error) {
    // Some systems cannot sync a folder; there a name is as durable as they make it.
    const { code } = error as { readonly code?: unknown };
    if (code !== 'EINVAL' && code !== 'EPERM' && code !== 'EISDIR') throw error;
  } finally {
    await folder.close();
  }
}
