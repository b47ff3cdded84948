import { fork, type ChildProcess } from 'node:child_process';
import { openSync, closeSync } from 'node:fs';
import type { ChildMessage, Log } from '@liaison/service';
import { conditionOf, LocalError } from '../local-error.ts';

/** A part of Liaison that runs as a process of its own. */
export interface ChildSpec {
  readonly name: string;
  /** Module that the process runs. */
  readonly entry: URL;
  readonly env: Readonly<Record<string, string>>;
  /** File to which its output goes. */
  readonly logFile: string;
  readonly execArgv?: readonly string[];
}

/** What a process has used so far. */
export interface Usage {
  readonly maxRssKb: number;
  readonly cpuMs: number;
}

/** A process that is kept running. */
export interface SupervisedChild {
  readonly name: string;
  /** Of the process that runs now; null while there is none. */
  pid(): number | null;
  /** Resolves when it is ready, the first time or again. */
  ready(): Promise<void>;
  /** The most that any of its lives has used. */
  usage(): Promise<Usage>;
  stop(): Promise<void>;
}

const minBackoffMs = 100;
const maxBackoffMs = 5_000;
/** A life of this length was a good one: the next failure starts from the shortest pause again. */
const goodLifeMs = 10_000;
const stopWithinMs = 2_500;
const usageWithinMs = 1_000;

interface Life {
  readonly process: ChildProcess;
  readonly startedMs: number;
  readonly ended: Promise<void>;
}

function isChildMessage(message: unknown): message is ChildMessage {
  return typeof message === 'object' && message !== null && 'kind' in message;
}

/** Keeps the environment small: what the shell happens to hold is nobody's configuration. */
function environmentOf(
  spec: ChildSpec,
  inherited: Readonly<Record<string, string | undefined>>,
): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = inherited;
  // Where traces go, for whoever wants them.
  const ofTraces = Object.entries(inherited).filter(([name]) => name.startsWith('OTEL_'));
  return { PATH, HOME, TMPDIR, ...Object.fromEntries(ofTraces), ...spec.env };
}

/** A promise that can be made anew, for "ready again". */
function createGate(): { open(): void; fail(error: unknown): void; readonly passed: Promise<void> } {
  let open: () => void = () => undefined;
  let fail: (error: unknown) => void = () => undefined;
  const passed = new Promise<void>((resolve, reject) => {
    open = resolve;
    fail = reject;
  });
  // Whoever waits gets the error; nobody waiting is no error.
  passed.catch(() => undefined);
  return { open, fail, passed };
}

/**
 * Starts a process and starts it again whenever it ends by itself. One that has never been ready and fails is not tried
 * again: `ready` rejects.
 */
export function superviseChild(
  spec: ChildSpec,
  deps: { readonly log: Log; readonly inheritedEnv: Readonly<Record<string, string | undefined>> },
): SupervisedChild {
  const { log } = deps;
  let life: Life | undefined;
  let stopping = false;
  let wasReady = false;
  let backoffMs = minBackoffMs;
  let most: Usage = { maxRssKb: 0, cpuMs: 0 };
  let restart: NodeJS.Timeout | undefined;
  let gate = createGate();
  let failedWith: readonly string[] = [];

  const onMessage = (message: unknown): void => {
    if (!isChildMessage(message)) return;
    if (message.kind === 'ready') {
      wasReady = true;
      gate.open();
    }
    if (message.kind === 'usage') {
      most = {
        maxRssKb: Math.max(most.maxRssKb, message.maxRssKb),
        cpuMs: Math.max(most.cpuMs, message.cpuMs),
      };
    }
    if (message.kind === 'failed') {
      failedWith = message.codes;
      log.error('child-failed', { child: spec.name, codes: message.codes });
    }
  };

  const start = (): void => {
    const output = openSync(spec.logFile, 'a', 0o600);
    const child = fork(spec.entry, [], {
      env: environmentOf(spec, deps.inheritedEnv),
      execArgv: [...(spec.execArgv ?? [])],
      stdio: ['ignore', output, output, 'ipc'],
      // Ctrl-C of a terminal goes to its whole group; the supervisor alone decides the order in which parts stop.
      detached: true,
    });
    closeSync(output);
    const startedMs = Date.now();
    const ended = new Promise<void>((resolve) => {
      child.once('close', () => {
        resolve();
      });
    });
    child.on('message', onMessage);
    child.once('exit', (code, signal) => {
      onExit({ code, signal, startedMs });
    });
    life = { process: child, startedMs, ended };
  };

  const onExit = (exit: { code: number | null; signal: string | null; startedMs: number }): void => {
    life = undefined;
    if (stopping) return;
    log.warn('child-exited', { child: spec.name, code: exit.code, signal: exit.signal });
    if (!wasReady) {
      const code = conditionOf(failedWith) ?? 'child-failed';
      gate.fail(new LocalError(code, { detail: `${spec.name}, see ${spec.logFile}` }));
      return;
    }
    gate = createGate();
    backoffMs =
      Date.now() - exit.startedMs > goodLifeMs ? minBackoffMs : Math.min(maxBackoffMs, backoffMs * 2);
    restart = setTimeout(start, backoffMs);
  };

  start();
  return {
    name: spec.name,
    pid: () => life?.process.pid ?? null,
    ready: () => gate.passed,
    async usage() {
      const child = life?.process;
      if (child?.connected !== true) return most;
      const answered = new Promise<void>((resolve) => {
        child.once('message', () => {
          resolve();
        });
        setTimeout(resolve, usageWithinMs).unref();
      });
      child.send({ kind: 'usage' });
      await answered;
      return most;
    },
    async stop() {
      stopping = true;
      clearTimeout(restart);
      const running = life;
      if (running === undefined) return;
      running.process.kill('SIGTERM');
      const kill = setTimeout(() => {
        running.process.kill('SIGKILL');
      }, stopWithinMs);
      await running.ended;
      clearTimeout(kill);
    },
  };
}
