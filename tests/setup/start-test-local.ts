import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeDatabase } from '@liaison/embedded-database';
import type { MemberState } from '@liaison/contracts';
import { startLocal, type Entries, type RunningLocal } from '@liaison/local';
import { silentLog, type Log, type LogLevel } from '@liaison/service';
import { bareEnvironment } from './bare-environment.ts';

/** A whole Liaison for a test. */
export interface TestLocal {
  readonly local: RunningLocal;
  readonly folder: string;
  stop(): Promise<void>;
}

/** Starts all of Liaison with a few contact points, in a folder of its own. */
export async function startTestLocal(options: {
  readonly states: readonly MemberState[];
  readonly entries?: Partial<Entries>;
  /** Records travel through a Kafka of so many brokers; through the embedded exchange where absent. */
  readonly kafkaBrokers?: 1 | 3;
  /** Of what the processes log. */
  readonly logLevel?: LogLevel;
  /** Added to what the processes inherit. */
  readonly environment?: Readonly<Record<string, string>>;
  /** What stands before the database and the brokers. */
  readonly detour?: (port: number) => Promise<number>;
  /** Where its data lie; a folder of its own where absent. */
  readonly folder?: string;
  /** The supervisor's own. */
  readonly log?: Log;
}): Promise<TestLocal> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'liaison-whole-'));
  const local = await startLocal(
    {
      referrals: 0,
      rate: null,
      once: true,
      json: false,
      dataFolder: join(folder, 'data'),
      databaseUrl: null,
      kafka: options.kafkaBrokers !== undefined,
      kafkaBrokers: options.kafkaBrokers ?? 1,
      port: 0,
      states: options.states,
      seed: 1,
    },
    {
      log: options.log ?? silentLog,
      inheritedEnv: { ...bareEnvironment, ...options.environment },
      ...(options.entries === undefined ? {} : { entries: options.entries }),
      ...(options.detour === undefined ? {} : { detour: options.detour }),
      ...(options.logLevel === undefined ? {} : { logLevel: options.logLevel }),
    },
  );
  return {
    local,
    folder,
    async stop() {
      await local.stop();
      await removeDatabase(join(folder, 'data', 'database'));
      // A folder that was given is its giver's.
      if (options.folder === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}
