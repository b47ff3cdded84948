import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { bareEnvironment } from './bare-environment.ts';

/** The start command as somebody runs it in a terminal. */
export interface StartCommand {
  readonly pid: number;
  stdout(): string;
  stderr(): string;
  /** Waits until something has been written. */
  untilWritten(pattern: RegExp): Promise<void>;
  /** Sends a signal to the whole group, as a terminal does. */
  interrupt(): void;
  readonly exited: Promise<{ readonly code: number | null; readonly elapsedMs: number }>;
}

const main = new URL('../../infra/local/src/main.ts', import.meta.url).pathname;
const startWithinMs = 60_000;

/** A folder for temporary files of one test: what runs on behalf of the test is known by it. */
export function makeTemporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'liaison-start-'));
  // Root starts the database for another user, who has to pass through.
  chmodSync(folder, 0o711);
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** Runs the start command with its own folder for temporary files, so that no other run of this machine is in its way. */
export function runStart(temporary: string, ...args: readonly string[]): StartCommand {
  const child = spawn(process.execPath, [main, '--port', '0', ...args], {
    // A group of its own, as a shell gives it.
    detached: true,
    env: { ...bareEnvironment, HOME: temporary, TMPDIR: temporary },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const startedMs = performance.now();
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      written[name] += text;
    });
  }
  const exited = once(child, 'close').then(([code]) => ({
    code: code as number | null,
    elapsedMs: performance.now() - startedMs,
  }));
  const pid = child.pid ?? 0;
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await exited;
  });
  return {
    pid,
    stdout: () => written.stdout,
    stderr: () => written.stderr,
    exited,
    async untilWritten(pattern) {
      await vi.waitFor(
        () => {
          if (!pattern.test(written.stdout + written.stderr))
            throw new Error(`not written: ${pattern.source}`);
        },
        { timeout: startWithinMs, interval: 20 },
      );
    },
    interrupt() {
      process.kill(-pid, 'SIGINT');
    },
  };
}

function belongsTo(pid: string, mark: string): boolean {
  try {
    const [environment, folder] = [
      readFileSync(`/proc/${pid}/environ`, 'utf8'),
      readlinkSync(`/proc/${pid}/cwd`),
    ];
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return [environment, folder, command].some((text) => text.includes(mark));
  } catch {
    // Gone, or another user's.
    return false;
  }
}

/** Every process, of whatever parent, that was started with this folder for temporary files or works in it. */
export function processesOf(temporary: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name) && belongsTo(name, temporary))
    .map(Number);
}

function parentOf(pid: string): number {
  try {
    // The name, which stands in brackets, may hold anything.
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1]);
  } catch {
    return 0;
  }
}

/** The processes that a process has started, and those that they have. */
export function descendantsOf(ancestor: number): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/u.test(name));
  const children = pids.filter((pid) => parentOf(pid) === ancestor).map(Number);
  return [...children, ...children.flatMap(descendantsOf)];
}
