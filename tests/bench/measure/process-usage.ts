import { readdirSync, readFileSync } from 'node:fs';
import { parsePeakResidentMb, parseShareMb, parseStat, type ProcStat } from '../figures/proc-files.ts';

function readFileOf(pid: number, name: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    // It has ended in the meantime.
    return null;
  }
}

function readStat(pid: number): ProcStat | null {
  const text = readFileOf(pid, 'stat');
  return text === null ? null : parseStat(text);
}

/** Processor time of a process so far, milliseconds; 0 where there is none. */
export function cpuMsOf(pid: number): number {
  return readStat(pid)?.cpuMs ?? 0;
}

/** The most memory a process ever held resident, megabytes. */
export function peakResidentMbOf(pid: number): number {
  return parsePeakResidentMb(readFileOf(pid, 'status') ?? '');
}

/** The processes whose parent this is. */
function childrenOf(parentPid: number): readonly ProcStat[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readStat(Number(name)) ?? [])
    .filter((stat) => stat.parentPid === parentPid);
}

/** Processor time of a PostgreSQL server so far, milliseconds: each process that lives, and all that have ended. */
export interface ServerCpu {
  readonly totalMs: number;
  readonly byPid: ReadonlyMap<number, number>;
}

/** Reads the processor time of the postmaster and of all that it ever started. */
export function readServerCpu(postmasterPid: number): ServerCpu {
  const postmaster = readStat(postmasterPid);
  const children = childrenOf(postmasterPid);
  const byPid = new Map(children.map(({ pid, cpuMs }) => [pid, cpuMs]));
  const living = children.reduce((sum, { cpuMs }) => sum + cpuMs, 0);
  const own = postmaster === null ? 0 : postmaster.cpuMs + postmaster.endedChildrenCpuMs;
  return { totalMs: own + living, byPid };
}

/** Resident memory of a PostgreSQL server now, megabytes, shared pages counted once; null where it may not be read. */
export function readServerShareMb(postmasterPid: number): number | null {
  const pids = [postmasterPid, ...childrenOf(postmasterPid).map(({ pid }) => pid)];
  const shares = pids.map((pid) => readFileOf(pid, 'smaps_rollup'));
  if (shares[0] === null) return null;
  return Math.round(shares.reduce((sum, text) => sum + (text === null ? 0 : parseShareMb(text)), 0));
}
