import { readdir, readFile, readlink } from 'node:fs/promises';

import type { Place } from './place.ts';
import { identify } from './process-identity.ts';
import type { ProcessIdentity } from './process-identity.ts';
import type { RunCommand } from './unprivileged-user.ts';

/**
 * Every process of a PostgreSQL server that runs on exactly this data folder. All of them have it as their working
 * directory; where /proc does not tell, the postmaster is known by its arguments and the others by their titles.
 */
export async function findServerProcesses(place: Place, run: RunCommand): Promise<ProcessIdentity[]> {
  const pids = (await pidsFromProc(place)) ?? (await pidsFromPs(place, run));
  const identities = await Promise.all(pids.map((pid) => identify(pid, run)));
  return identities.filter((identity) => identity !== undefined);
}

async function pidsFromProc(place: Place): Promise<number[] | undefined> {
  const entries = await readdir('/proc').catch((): string[] => []);
  if (!entries.includes('self')) return undefined;
  const pids = entries.filter((entry) => /^\d+$/u.test(entry)).map(Number);
  const isServer = await Promise.all(pids.map((pid) => isServerByProc(pid, place)));
  return pids.filter((_, index) => isServer[index]);
}

async function isServerByProc(pid: number, place: Place): Promise<boolean> {
  try {
    const [folder, name] = await Promise.all([
      readlink(`/proc/${pid}/cwd`),
      readFile(`/proc/${pid}/comm`, 'utf8'),
    ]);
    return folder === place.data && name.trim() === 'postgres';
  } catch {
    // Gone, or another user's.
    return false;
  }
}

async function pidsFromPs(place: Place, run: RunCommand): Promise<number[]> {
  const listing = await run('ps', ['-axo', 'pid=,command=']).catch(() => '');
  return listing
    .split('\n')
    .filter(
      (line) =>
        line.includes(`postgres -D ${place.data} `) || line.includes(`postgres: ${place.clusterName}: `),
    )
    .map((line) => Number.parseInt(line, 10));
}
