import { readFile, rename, rm, writeFile } from 'node:fs/promises';

import { EmbeddedDatabaseError } from './embedded-database-error.ts';
import type { Machine } from './machine.ts';
import type { Place } from './place.ts';
import { identify, isSame } from './process-identity.ts';
import type { ProcessIdentity } from './process-identity.ts';

/** Writes down that this process now answers for the database in this place. */
export async function writeSupervisor(place: Place, machine: Machine): Promise<void> {
  const self = await identify(machine.pid, machine.run);
  const partial = `${place.supervisorFile}.${machine.pid}`;
  try {
    await writeFile(partial, JSON.stringify(self ?? null), { mode: 0o600 });
    await rename(partial, place.supervisorFile);
  } catch (cause) {
    const isFull = (cause as NodeJS.ErrnoException).code === 'ENOSPC';
    throw new EmbeddedDatabaseError(isFull ? 'disk-full' : 'folder-unusable', { cause });
  }
}

export async function removeSupervisor(place: Place): Promise<void> {
  await rm(place.supervisorFile, { force: true });
}

/** The process that answers for the database in this place, if it still lives. */
export async function readSupervisor(place: Place, machine: Machine): Promise<ProcessIdentity | undefined> {
  const text = await readFile(place.supervisorFile, 'utf8').catch(() => '');
  const recorded = parseIdentity(text);
  return recorded !== undefined && (await isSame(recorded, machine.run)) ? recorded : undefined;
}

function parseIdentity(text: string): ProcessIdentity | undefined {
  try {
    const { pid, startedAt } = (JSON.parse(text) ?? {}) as Record<string, unknown>;
    return typeof pid === 'number' && typeof startedAt === 'string' ? { pid, startedAt } : undefined;
  } catch {
    return undefined;
  }
}
