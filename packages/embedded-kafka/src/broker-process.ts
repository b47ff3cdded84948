import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { identifyProcess, isSameProcess } from '@liaison/embedded-database';
import type { ProcessIdentity } from '@liaison/embedded-database';

import { toolEnvironment } from './config.ts';
import { EmbeddedKafkaError } from './embedded-kafka-error.ts';

/** A broker's process. */
export interface BrokerProcess {
  readonly pid: number;
  readonly exited: Promise<void>;
  hasExited(): boolean;
}

/** Who runs in a folder, and who started him: a process id alone may by now belong to another one. */
interface RunRecord {
  readonly supervisor: ProcessIdentity | null;
  readonly broker: ProcessIdentity | null;
}

const recordFile = 'running.json';

/** Starts a broker in a process group of its own, so that Ctrl-C in a terminal reaches only us and we stop it in order. */
export async function startBrokerProcess(
  folder: string,
  options: { readonly jars: string; readonly heapMb: number; readonly propertiesFile: string },
): Promise<BrokerProcess> {
  const output = createWriteStream(path.join(folder, 'broker.log'), { flags: 'a', mode: 0o600 });
  const child = spawn(
    'java',
    [
      `-Xmx${options.heapMb}m`,
      '-XX:+UseSerialGC',
      '-XX:TieredStopAtLevel=1',
      '-XX:+ExitOnOutOfMemoryError',
      '-cp',
      path.join(options.jars, '*'),
      'kafka.Kafka',
      options.propertiesFile,
    ],
    { env: toolEnvironment(), cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  );
  child.stdout.pipe(output, { end: false });
  child.stderr.pipe(output, { end: false });
  let isOver = false;
  const exited = new Promise<void>((resolve) => {
    const end = () => {
      isOver = true;
      output.end();
      resolve();
    };
    child.once('exit', end);
    child.once('error', end);
  });
  if (child.pid === undefined) {
    await exited;
    throw new EmbeddedKafkaError('java-missing');
  }
  const record: RunRecord = {
    supervisor: (await identifyProcess(process.pid)) ?? null,
    broker: (await identifyProcess(child.pid)) ?? null,
  };
  await writeFile(path.join(folder, recordFile), JSON.stringify(record), { mode: 0o600 });
  return { pid: child.pid, exited, hasExited: () => isOver };
}

/**
 * Ends a broker that runs in this folder although who started it is gone.
 * @throws EmbeddedKafkaError `already-running` where the one who started it lives
 */
export async function clearOrphan(folder: string): Promise<'nothing' | 'stopped'> {
  const file = path.join(folder, recordFile);
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return 'nothing';
  const { supervisor, broker } = JSON.parse(text) as RunRecord;
  const isRunning = broker !== null && (await isSameProcess(broker));
  const isOthers = supervisor !== null && supervisor.pid !== process.pid && (await isSameProcess(supervisor));
  if (isRunning && isOthers) throw new EmbeddedKafkaError('already-running');
  if (isRunning) signalBroker(broker.pid, 'SIGKILL');
  await rm(file, { force: true });
  return isRunning ? 'stopped' : 'nothing';
}

/** Sends a signal to a broker; one that has ended meanwhile is left alone. */
export function signalBroker(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
