import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { findFreePort } from '@liaison/embedded-database';
import type { Log } from '@liaison/postgres';

import { countBrokers } from './ask-brokers.ts';
import type { ClientTls } from './ask-brokers.ts';
import { brokerName, brokerSettings } from './broker-settings.ts';
import type { BrokerKeys, BrokerPlace } from './broker-settings.ts';
import type { Authority } from './create-authority.ts';
import { findJars, kafkaVersion } from './find-jars.ts';
import { openBroker } from './open-broker.ts';
import type { Broker } from './open-broker.ts';

export interface StartKafkaOptions {
  /** The cluster's own folder; created when missing, used again when there. */
  readonly folder: string;
  readonly brokers: 1 | 3;
  /** Mutual TLS with certificates of this authority; null: plain text, and everybody may do everything. */
  readonly authority: Authority | null;
  /** Names (common names of certificates) that may do everything. */
  readonly superUsers?: readonly string[];
  readonly version?: string;
  /** Where clients are told to go instead, when something stands in front of a broker. @returns a port of 127.0.0.1 */
  readonly advertise?: (clientPort: number) => Promise<number>;
  /** Settings of the brokers that differ from ours. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly log: Log;
  readonly random?: () => number;
}

export interface RunningKafka {
  /** `127.0.0.1:port` of each broker, as clients are told. */
  readonly addresses: readonly string[];
  readonly version: string;
  readonly brokers: readonly Broker[];
  stop(): Promise<void>;
}

const portsFile = 'ports.json';
const heapMbOfOne = 512;
const heapMbOfThree = 320;
const pollMs = 100;
const readyAttempts = 600;

/**
 * Runs a real Apache Kafka on 127.0.0.1 from Maven's jars, in KRaft mode: needs Java 17 and, the first time, Maven.
 * @returns when every broker answers and knows the others
 * @throws EmbeddedKafkaError
 */
export async function startKafka(options: StartKafkaOptions): Promise<RunningKafka> {
  const { folder, authority, version = kafkaVersion, log } = options;
  const jars = await findJars(version);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const all = await placesOf(options);
  const keys = authority === null ? null : await writeKeys(folder, authority);
  const brokers = await Promise.all(
    all.map(async (place) => {
      const own = path.join(folder, `broker-${place.id}`);
      return openBroker({
        id: place.id,
        folder: own,
        jars,
        heapMb: all.length === 1 ? heapMbOfOne : heapMbOfThree,
        clusterId: clusterIdOf(folder),
        clientPort: place.clientPort,
        settings: brokerSettings({
          place,
          all,
          dataFolder: path.join(own, 'data'),
          keys: keys?.files ?? null,
          superUsers: options.superUsers ?? [],
          settings: options.settings ?? {},
        }),
        tls: keys?.tls ?? null,
        pause,
      });
    }),
  );
  const stop = async () => {
    // Without a majority the last ones wait for each other in vain.
    await Promise.all(brokers.map((broker) => broker.stop({ graceMs: 2_000 })));
  };
  try {
    await Promise.all(brokers.map((broker) => broker.start()));
    await untilAllKnown(all, keys?.tls ?? null);
  } catch (error) {
    await stop();
    throw error;
  }
  log.info('kafka-started', { version, brokers: brokers.length });
  return {
    addresses: all.map(({ advertisedPort }) => `127.0.0.1:${advertisedPort}`),
    version,
    brokers,
    stop,
  };
}

async function untilAllKnown(all: readonly BrokerPlace[], tls: ClientTls | null): Promise<void> {
  for (const { clientPort } of all) {
    for (let attempt = 0; attempt < readyAttempts; attempt += 1) {
      if ((await countBrokers(clientPort, tls)) === all.length) break;
      await pause(pollMs);
    }
  }
}

/** The same ports again for the same folder: clients find their brokers after a restart of everything. */
async function placesOf(options: StartKafkaOptions): Promise<BrokerPlace[]> {
  const { folder, random = Math.random, advertise } = options;
  const file = path.join(folder, portsFile);
  const known = await readFile(file, 'utf8').catch(() => null);
  const ports = known === null ? [] : (JSON.parse(known) as number[]);
  while (ports.length < options.brokers * 3) {
    const port = await findFreePort(random);
    if (!ports.includes(port)) ports.push(port);
  }
  await writeFile(file, JSON.stringify(ports));
  const places: BrokerPlace[] = [];
  for (let index = 0; index < options.brokers; index += 1) {
    const [clientPort = 0, brokerPort = 0, controllerPort = 0] = ports.slice(index * 3);
    const advertisedPort = (await advertise?.(clientPort)) ?? clientPort;
    const host = '127.0.0.1';
    places.push({
      id: index + 1,
      host,
      listensOn: host,
      clientPort,
      brokerPort,
      controllerPort,
      advertisedPort,
    });
  }
  return places;
}

async function writeKeys(
  folder: string,
  authority: Authority,
): Promise<{ readonly files: BrokerKeys; readonly tls: ClientTls }> {
  const { certificate, key } = await authority.issue(brokerName, { serverNames: ['127.0.0.1', 'localhost'] });
  const keyStoreFile = path.join(folder, 'broker.pem');
  const trustStoreFile = path.join(folder, 'authority.pem');
  await writeFile(keyStoreFile, `${key}\n${certificate}\n`, { mode: 0o600 });
  await writeFile(trustStoreFile, `${authority.caCertificate}\n`);
  return { files: { keyStoreFile, trustStoreFile }, tls: { ca: authority.caCertificate, certificate, key } };
}

/** A cluster id is 16 bytes, base64url; the same for the same folder. */
function clusterIdOf(folder: string): string {
  return createHash('sha256').update(path.resolve(folder)).digest().subarray(0, 16).toString('base64url');
}
