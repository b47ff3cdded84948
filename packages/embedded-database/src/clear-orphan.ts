import { EmbeddedDatabaseError } from './embedded-database-error.ts';
import type { Log } from './log.ts';
import { thisMachine } from './machine.ts';
import type { Machine } from './machine.ts';
import { findPlace } from './place.ts';
import type { Place } from './place.ts';
import { readPostmasterFile } from './postmaster-file.ts';
import { findServerProcesses } from './server-processes.ts';
import { readSupervisor, removeSupervisor } from './supervisor-record.ts';
import { terminateLeftovers, terminatePostmaster } from './terminate.ts';
import { findUnprivilegedUser } from './unprivileged-user.ts';

export interface ClearOrphanOptions {
  readonly log: Log;
  /** How long the orphan may take for a fast shutdown. */
  readonly graceMs?: number;
}

/**
 * Stops a database that runs in this folder although the program that started it is gone (killed, or its computer's
 * session ended). Only processes that work in exactly this data folder are touched.
 * @returns what was found
 * @throws EmbeddedDatabaseError `already-running` when the program that started it lives, `user-missing`
 */
export async function clearOrphan(
  folder: string,
  options: ClearOrphanOptions,
  machine: Machine = thisMachine(),
): Promise<'nothing' | 'stopped'> {
  const user = await findUnprivilegedUser(machine.uid, machine.run);
  const place = await findPlace(folder, { user, sharedFolder: machine.sharedFolder });
  const found = await clearOrphanIn(place, options, machine);
  if (found === 'stopped') await removeSupervisor(place);
  return found;
}

export async function clearOrphanIn(
  place: Place,
  { log, graceMs = 10_000 }: ClearOrphanOptions,
  machine: Machine,
): Promise<'nothing' | 'stopped'> {
  const supervisor = await readSupervisor(place, machine);
  const servers = await findServerProcesses(place, machine.run);
  const postmasterPid = (await readPostmasterFile(place))?.pid;
  const postmaster = servers.find(({ pid }) => pid === postmasterPid);
  // Our own postmaster may have been killed: then its remains are ours to clear.
  const isOurs = supervisor?.pid === machine.pid;
  if (supervisor !== undefined && (!isOurs || postmaster !== undefined)) {
    throw new EmbeddedDatabaseError('already-running');
  }
  if (servers.length === 0) return 'nothing';
  if (postmaster !== undefined) await terminatePostmaster(postmaster, { graceMs, machine });
  await terminateLeftovers(place, machine);
  log.warn('database-orphan-cleared', { processes: servers.length });
  return 'stopped';
}
