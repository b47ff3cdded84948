import { openEmbeddedExchange } from './embedded/open-embedded-exchange.ts';
import type { Exchange } from './exchange.ts';
import type { ExchangeDependencies } from './exchange-dependencies.ts';
import { ExchangeError } from './exchange-error.ts';
import { parseKafkaAddress } from './kafka/kafka-address.ts';

/**
 * Opens the exchange at an address: `postgres://role:password@host:port/database` is the embedded one,
 * `kafka://host:port,host:port` an Apache Kafka. Nothing is connected before the first operation.
 * @throws ExchangeError `scheme-unknown`
 */
export async function openExchange(address: string, dependencies: ExchangeDependencies): Promise<Exchange> {
  const brokers = parseKafkaAddress(address);
  if (brokers !== null) {
    // Loaded only where it is used.
    const { openKafkaExchange } = await import('./kafka/open-kafka-exchange.ts');
    return openKafkaExchange(brokers, dependencies);
  }
  const scheme = URL.parse(address)?.protocol ?? '';
  if (scheme === 'postgres:' || scheme === 'postgresql:') return openEmbeddedExchange(address, dependencies);
  throw new ExchangeError('scheme-unknown');
}
