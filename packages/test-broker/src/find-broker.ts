import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { createAuthority, EmbeddedKafkaError, startKafka } from '@liaison/embedded-kafka';
import type { Authority, RunningKafka, StartKafkaOptions } from '@liaison/embedded-kafka';

import { isUnderCi, readNamedBroker, readVersion } from './config.ts';
import type { AdministratorTls } from './config.ts';
import { startContainer } from './start-container.ts';

interface Found {
  /** `host:port` of each. */
  readonly addresses: readonly string[];
  /** As whom everything may be done; null where everybody may. */
  readonly administrator: AdministratorTls | null;
  stop(): Promise<void>;
}

/** A Kafka for tests, or why there is none. */
export type FoundBroker =
  | ({ readonly kind: 'external' } & Found)
  | ({ readonly kind: 'container' } & Found)
  | ({ readonly kind: 'jars'; readonly authority: Authority; readonly kafka: RunningKafka } & Found)
  | { readonly kind: 'none'; readonly reason: string };

/** Name of the administrator's certificate. */
export const administratorName = 'administrator';

const log = { debug: ignore, info: ignore, warn: ignore, error: ignore };

/**
 * Finds a Kafka: `KAFKA_BROKERS`, else Docker by testcontainers, else Java 17 with Kafka's own jars, which alone come with
 * certificates, access rules and brokers that can be killed.
 */
export async function findBroker(
  options: { readonly brokers?: 1 | 3 } & Pick<StartKafkaOptions, 'advertise' | 'settings'> = {},
): Promise<FoundBroker> {
  const named = readNamedBroker();
  if (named !== null) {
    const stop = () => Promise.resolve();
    return { kind: 'external', addresses: named.addresses, administrator: named.tls, stop };
  }
  const { brokers = 1 } = options;
  if (brokers === 1) {
    const container = await startContainer();
    if (container !== null) return { kind: 'container', administrator: null, ...container };
  }
  return startJars({ ...options, brokers });
}

/**
 * Finds out whether a test can run: without a Kafka it is skipped, and says so loudly.
 * @throws Error under `LIAISON_CI=1`, where a test that is skipped is a failure
 */
export function mustSkip(found: FoundBroker): found is Extract<FoundBroker, { kind: 'none' }> {
  if (found.kind !== 'none') return false;
  const line = `SKIPPED, no Kafka for this test: ${found.reason}`;
  if (isUnderCi()) throw new Error(line);
  process.stderr.write(`\n${line}\n`);
  return true;
}

/** Starts a Kafka of its own from Maven's jars. */
export async function startJars(
  options: { readonly brokers: 1 | 3 } & Pick<StartKafkaOptions, 'advertise' | 'settings'>,
): Promise<FoundBroker> {
  const folder = await mkdtemp(path.join(tmpdir(), 'liaison-kafka-'));
  const authority = await createAuthority();
  const version = readVersion();
  try {
    const kafka = await startKafka({
      ...options,
      folder,
      authority,
      superUsers: [administratorName],
      log,
      ...(version === undefined ? {} : { version }),
    });
    const administrator = { ca: authority.caCertificate, ...(await authority.issue(administratorName)) };
    return {
      kind: 'jars',
      addresses: kafka.addresses,
      administrator,
      authority,
      kafka,
      async stop() {
        await kafka.stop();
        await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    if (!(error instanceof EmbeddedKafkaError) || error.code === 'kafka-start-failed') throw error;
    return { kind: 'none', reason: error.message };
  }
}

function ignore(): void {}
