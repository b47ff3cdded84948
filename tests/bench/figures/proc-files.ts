/** What the kernel says of a process, from `/proc/<pid>/stat` (proc_pid_stat(5)). */
export interface ProcStat {
  readonly pid: number;
  readonly parentPid: number;
  /** Its own processor time, user and system. */
  readonly cpuMs: number;
  /** That of its children that have ended and were waited for. */
  readonly endedChildrenCpuMs: number;
}

/** Ticks of the kernel's clock as programs see it: USER_HZ, 100 on every architecture that Node runs on. */
const tickMs = 10;
/** Positions after the command's closing bracket, of which the state is the first. */
const after = { parentPid: 1, userTicks: 11, systemTicks: 12, childUserTicks: 13, childSystemTicks: 14 };

/** Reads `/proc/<pid>/stat`. The command's name, in brackets, may hold anything, brackets and spaces too. */
export function parseStat(text: string): ProcStat {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const at = (index: number): number => {
    const value = Number(fields[index]);
    if (!Number.isSafeInteger(value)) throw new TypeError('not a stat file of a process');
    return value;
  };
  return {
    pid: Number.parseInt(text, 10),
    parentPid: at(after.parentPid),
    cpuMs: (at(after.userTicks) + at(after.systemTicks)) * tickMs,
    endedChildrenCpuMs: (at(after.childUserTicks) + at(after.childSystemTicks)) * tickMs,
  };
}

function kilobytesOf(text: string, name: string): number {
  const found = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1];
  return found === undefined ? 0 : Number(found);
}

/** The most memory that a process ever held resident, megabytes, from `/proc/<pid>/status`. */
export function parsePeakResidentMb(status: string): number {
  return Math.round(kilobytesOf(status, 'VmHWM') / 1024);
}

/** A process's share of resident memory, pages that several map divided among them, from `/proc/<pid>/smaps_rollup`. */
export function parseShareMb(rollup: string): number {
  return kilobytesOf(rollup, 'Pss') / 1024;
}
