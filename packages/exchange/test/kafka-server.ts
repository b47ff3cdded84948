import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { kafkaGroupOf, kafkaNameOf, topicFrom, topicTo } from '@liaison/contracts';
import { findBroker, mustSkip } from '@liaison/test-broker';
import type { AdministratorTls, FoundBroker } from '@liaison/test-broker';
import { openTcpProxy } from '@liaison/testkit';
import type { TcpProxy } from '@liaison/testkit';

import { applyTopology } from '../src/index.ts';
import type { KafkaConnection, TopologyDeclaration } from '../src/index.ts';
import type { ExchangeHarness, Place } from './exchange-contract.ts';

const log = { debug: ignore, info: ignore, warn: ignore, error: ignore };
const file = new URL('../../../infra/kafka/exchange.json', import.meta.url);

/** What is declared for a Kafka. */
export const declaration = JSON.parse(readFileSync(file, 'utf8')) as TopologyDeclaration;

/** A Kafka as the contract wants it tested, with what its administrator can do. */
export interface KafkaServer extends ExchangeHarness {
  readonly connection: KafkaConnection;
  readonly proxies: readonly TcpProxy[];
  /** How somebody reaches it whose certificate has this name. */
  placeOf(name: string): Promise<Place>;
  stop(): Promise<void>;
}

type Usable = Exclude<FoundBroker, { kind: 'none' }>;

/**
 * Finds a Kafka. One that is ours stands behind a proxy, so that connections can be cut, and can be killed.
 * @returns null where there is none, which is said loudly
 */
export async function findKafkaServer(): Promise<KafkaServer | null> {
  const proxies: TcpProxy[] = [];
  const found = await findBroker({
    async advertise(clientPort) {
      const proxy = await openTcpProxy(clientPort);
      proxies.push(proxy);
      return proxy.port;
    },
  });
  return mustSkip(found) ? null : serve(found, proxies);
}

function serve(found: Usable, proxies: readonly TcpProxy[]): KafkaServer {
  const connection = { brokers: found.addresses, tls: found.administrator, log };
  const address = `kafka://${found.addresses.join(',')}`;
  const tlsOf = async (name: string): Promise<AdministratorTls | null> =>
    found.kind === 'jars'
      ? { ca: found.authority.caCertificate, ...(await found.authority.issue(name)) }
      : found.administrator;
  const placeOf = async (name: string): Promise<Place> => ({ address, tls: await tlsOf(name) });
  return {
    connection,
    proxies,
    placeOf,
    hasAccessControl: found.kind === 'jars',
    cutConnections:
      proxies.length === 0
        ? undefined
        : async () => {
            for (const proxy of proxies) proxy.cut();
          },
    restart:
      found.kind === 'jars'
        ? async () => {
            for (const broker of found.kafka.brokers) await broker.kill();
            for (const broker of found.kafka.brokers) await broker.start();
          }
        : undefined,
    async provision(count) {
      const instance = randomUUID().slice(0, 8);
      const ids = Array.from({ length: count }, (_, index) => `participant-${index + 1}`);
      await applyTopology(connection, { declaration, instance, participants: ids });
      const participants = ids.map(async (id) => ({
        ...(await placeOf(kafkaNameOf(instance, id))),
        group: kafkaGroupOf(instance, id),
        to: topicTo(instance, id),
        from: topicFrom(instance, id),
      }));
      const hub = await placeOf(kafkaNameOf(instance, 'hub'));
      return {
        hub: { ...hub, group: kafkaGroupOf(instance, 'hub') },
        participants: await Promise.all(participants),
      };
    },
    async stop() {
      await found.stop();
      await Promise.all(proxies.map((proxy) => proxy.close()));
    },
  };
}

function ignore(): void {}
