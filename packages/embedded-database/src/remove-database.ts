import { rm } from 'node:fs/promises';

import { EmbeddedDatabaseError } from './embedded-database-error.ts';
import { thisMachine } from './machine.ts';
import type { Machine } from './machine.ts';
import { findPlace } from './place.ts';
import { findServerProcesses } from './server-processes.ts';
import { findUnprivilegedUser } from './unprivileged-user.ts';

/**
 * Removes the database of a folder for good, wherever it really lies: removing the folder alone leaves behind what had
 * to be put elsewhere.
 * @throws EmbeddedDatabaseError `already-running`, `user-missing`
 */
export async function removeDatabase(folder: string, machine: Machine = thisMachine()): Promise<void> {
  const user = await findUnprivilegedUser(machine.uid, machine.run);
  const place = await findPlace(folder, { user, sharedFolder: machine.sharedFolder });
  const servers = await findServerProcesses(place, machine.run);
  if (servers.length > 0) throw new EmbeddedDatabaseError('already-running');
  await rm(place.folder, { recursive: true, force: true });
}
