import { setTimeout as sleep } from 'node:timers/promises';
import { startKafka, type Authority, type RunningKafka } from '@liaison/embedded-kafka';
import type { Log } from '@liaison/service';

/** The embedded Kafka, kept running. */
export interface SupervisedKafka {
  /** `host:port` of each broker. */
  readonly addresses: readonly string[];
  readonly brokers: RunningKafka['brokers'];
  stop(): Promise<void>;
}

const watchMs = 500;

/**
 * Starts an embedded Kafka and starts a broker again, on the same data and ports, whenever it ends by itself.
 * @throws EmbeddedKafkaError
 */
export async function superviseKafka(
  folder: string,
  options: {
    readonly authority: Authority;
    readonly brokers: 1 | 3;
    readonly superUsers: readonly string[];
    readonly log: Log;
    readonly advertise?: (clientPort: number) => Promise<number>;
  },
): Promise<SupervisedKafka> {
  const stopping = new AbortController();
  const kafka = await startKafka({ folder, ...options });
  const keepRunning = async (broker: RunningKafka['brokers'][number]): Promise<void> => {
    while (!stopping.signal.aborted) {
      await Promise.race([
        broker.ended(),
        sleep(watchMs, undefined, { signal: stopping.signal }).catch(() => undefined),
      ]);
      if (stopping.signal.aborted || broker.pid() !== null) continue;
      options.log.warn('kafka-broker-restarting', { broker: broker.id });
      await broker.start().catch(() => undefined);
    }
  };
  const restarting = kafka.brokers.map(keepRunning);
  return {
    addresses: kafka.addresses,
    brokers: kafka.brokers,
    async stop() {
      stopping.abort();
      await kafka.stop();
      await Promise.all(restarting);
      await kafka.stop();
    },
  };
}
