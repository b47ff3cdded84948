import type { Machine } from './machine.ts';
import type { Place } from './place.ts';
import { isSame, signalProcess } from './process-identity.ts';
import type { ProcessIdentity } from './process-identity.ts';
import { findServerProcesses } from './server-processes.ts';

const pollMs = 10;
/** An immediate shutdown takes no time unless a process hangs; PostgreSQL itself would give it 5 s. */
const immediateMs = 2_000;

/**
 * Ends a postmaster: fast shutdown (open transactions are rolled back), after `graceMs` immediate shutdown (the next
 * start recovers from the log), at last kill. Returns when it has ended.
 */
export async function terminatePostmaster(
  postmaster: ProcessIdentity,
  { graceMs, machine }: { graceMs: number; machine: Machine },
): Promise<void> {
  await endBy(postmaster, { signal: 'SIGINT', waitMs: graceMs, machine });
  await endBy(postmaster, { signal: 'SIGQUIT', waitMs: immediateMs, machine });
  await endBy(postmaster, { signal: 'SIGKILL', waitMs: immediateMs, machine });
}

/** Ends processes that outlived their postmaster: one that runs a long query notices only when it is done. */
export async function terminateLeftovers(place: Place, machine: Machine): Promise<number> {
  const leftovers = await findServerProcesses(place, machine.run);
  await Promise.all(
    leftovers.map(async (leftover) => {
      await endBy(leftover, { signal: 'SIGQUIT', waitMs: 500, machine });
      await endBy(leftover, { signal: 'SIGKILL', waitMs: immediateMs, machine });
    }),
  );
  return leftovers.length;
}

async function endBy(
  identity: ProcessIdentity,
  { signal, waitMs, machine }: { signal: NodeJS.Signals; waitMs: number; machine: Machine },
): Promise<void> {
  await signalProcess(identity, { signal, run: machine.run });
  for (let waitedMs = 0; waitedMs < waitMs; waitedMs += pollMs) {
    if (!(await isSame(identity, machine.run))) return;
    await machine.sleep(pollMs);
  }
}
