import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';

import type { User } from './unprivileged-user.ts';

/** Whether this user may pass through `folder` and everything above it, by the mode bits. */
export async function isTraversable(folder: string, user: User): Promise<boolean> {
  for (let current = await realpath(folder); ; current = path.dirname(current)) {
    if (!(await mayUse(current, { user, bits: 0o1 }))) return false;
    if (current === path.dirname(current)) return true;
  }
}

/** Whether this user may use one file or folder: `bits` of 4 (read), 2 (write), 1 (execute or enter), added up. */
export async function mayUse(file: string, { user, bits }: { user: User; bits: number }): Promise<boolean> {
  const { mode, uid, gid } = await stat(file);
  const granted = uid === user.uid ? mode >> 6 : gid === user.gid ? mode >> 3 : mode;
  return (granted & bits) === bits;
}
