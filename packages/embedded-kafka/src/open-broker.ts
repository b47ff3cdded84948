import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { countBrokers } from './ask-brokers.ts';
import type { ClientTls } from './ask-brokers.ts';
import { clearOrphan, signalBroker, startBrokerProcess } from './broker-process.ts';
import type { BrokerProcess } from './broker-process.ts';
import { toProperties } from './broker-settings.ts';
import { EmbeddedKafkaError } from './embedded-kafka-error.ts';
import { runTool } from './run-tool.ts';

/** One broker of a cluster; it keeps its data and its ports whatever happens to its process. */
export interface Broker {
  readonly id: number;
  /** null while it does not run. */
  pid(): number | null;
  /** Resolves when the process that runs now has ended, at once where none does. */
  ended(): Promise<void>;
  /** Starts it again where it left off; resolves when it answers. @throws EmbeddedKafkaError `kafka-start-failed` */
  start(): Promise<void>;
  /** Lets it end in order, after `graceMs` without mercy. */
  stop(options?: { readonly graceMs?: number }): Promise<void>;
  /** `kill -9`. */
  kill(): Promise<void>;
  /** Stands still without ending (SIGSTOP), as a machine does that swaps or hangs. */
  pause(): void;
  resume(): void;
}

export interface BrokerOptions {
  readonly id: number;
  readonly folder: string;
  readonly jars: string;
  readonly heapMb: number;
  readonly clusterId: string;
  readonly clientPort: number;
  readonly settings: Readonly<Record<string, string>>;
  readonly tls: ClientTls | null;
  /** Resolves after a delay. */
  readonly pause: (delayMs: number) => Promise<void>;
}

const pollMs = 100;
const startAttempts = 900;

/** Prepares a broker's folder, and what runs in it. Nothing is started. @throws EmbeddedKafkaError */
export async function openBroker(options: BrokerOptions): Promise<Broker> {
  const { id, folder, jars, clientPort, tls } = options;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await clearOrphan(folder);
  const propertiesFile = path.join(folder, 'server.properties');
  await writeFile(propertiesFile, toProperties(options.settings), { mode: 0o600 });
  if (!existsSync(path.join(folder, 'data', 'meta.properties'))) await format(propertiesFile, options);
  let running: BrokerProcess | null = null;
  const ended = async () => running?.exited;
  const signal = (name: NodeJS.Signals) => {
    if (running !== null && !running.hasExited()) signalBroker(running.pid, name);
  };
  return {
    id,
    pid: () => (running === null || running.hasExited() ? null : running.pid),
    ended,
    async start() {
      running = await startBrokerProcess(folder, { jars, heapMb: options.heapMb, propertiesFile });
      for (let attempt = 0; (await countBrokers(clientPort, tls)) === 0; attempt += 1) {
        if (running.hasExited() || attempt === startAttempts)
          throw new EmbeddedKafkaError('kafka-start-failed');
        await options.pause(pollMs);
      }
    },
    async stop({ graceMs = 5_000 } = {}) {
      signal('SIGCONT');
      signal('SIGTERM');
      await Promise.race([ended(), options.pause(graceMs)]);
      signal('SIGKILL');
      await ended();
      await rm(path.join(folder, 'running.json'), { force: true });
    },
    async kill() {
      signal('SIGKILL');
      await ended();
    },
    pause() {
      signal('SIGSTOP');
    },
    resume() {
      signal('SIGCONT');
    },
  };
}

async function format(propertiesFile: string, { jars, clusterId }: BrokerOptions): Promise<void> {
  const { exitCode, output } = await runTool(
    'java',
    [
      '-XX:+UseSerialGC',
      '-XX:TieredStopAtLevel=1',
      '-cp',
      path.join(jars, '*'),
      'kafka.tools.StorageTool',
      'format',
      // One word: the id may begin with a dash.
      `--cluster-id=${clusterId}`,
      '-c',
      propertiesFile,
    ],
    { timeoutMs: 60_000 },
  );
  if (exitCode !== 0)
    throw new EmbeddedKafkaError('kafka-start-failed', { cause: new Error(output.slice(-2_000)) });
}
