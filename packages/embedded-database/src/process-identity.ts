import { readFile } from 'node:fs/promises';

import type { RunCommand } from './unprivileged-user.ts';

/** A process and when it started: a process id alone may by now belong to another one. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly startedAt: string;
}

/** The process that now has this id; undefined when there is none, or only its remains. */
export async function identify(pid: number, run: RunCommand): Promise<ProcessIdentity | undefined> {
  const startedAt = (await startFromProc(pid)) ?? (await startFromPs(pid, run));
  return startedAt === undefined || startedAt === ended ? undefined : { pid, startedAt };
}

export async function isSame(identity: ProcessIdentity, run: RunCommand): Promise<boolean> {
  return (await identify(identity.pid, run))?.startedAt === identity.startedAt;
}

/** Sends a signal to exactly this process. */
export async function signalProcess(
  identity: ProcessIdentity,
  { signal, run }: { signal: NodeJS.Signals; run: RunCommand },
): Promise<void> {
  if (!(await isSame(identity, run))) return;
  try {
    process.kill(identity.pid, signal);
  } catch (error) {
    // It ended in between.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

const ended = 'ended';

/** proc(5): field 3 of stat is the state, field 22 the start in clock ticks since boot; undefined without /proc. */
async function startFromProc(pid: number): Promise<string | undefined> {
  const bootId = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => undefined);
  if (bootId === undefined) return undefined;
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (stat === undefined) return ended;
  // The second field is the program's name in brackets and may itself hold spaces and brackets.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? ended : `${bootId.trim()}/${fields[19] ?? ''}`;
}

/** Where there is no /proc (macOS): to the second. */
export async function startFromPs(pid: number, run: RunCommand): Promise<string | undefined> {
  const line = await run('ps', ['-o', 'stat=,lstart=', '-p', String(pid)]).catch(() => '');
  const [state, ...startedAt] = line.trim().split(/\s+/u);
  return state === undefined || state === '' || state.startsWith('Z') ? undefined : startedAt.join(' ');
}
