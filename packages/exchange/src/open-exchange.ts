import { openEmbeddedExchange } from './embedded/open-embedded-exchange.ts';
import type { Exchange } from './exchange.ts';
import type { ExchangeDependencies } from './exchange-dependencies.ts';
import { ExchangeError } from './exchange-error.ts';

/**
 * Opens the exchange at an address: `postgres://role:password@host:port/database` is the embedded one. Nothing is
 * connected before the first operation.
 * @throws ExchangeError `scheme-unknown`
 */
export async function openExchange(address: string, dependencies: ExchangeDependencies): Promise<Exchange> {
  const scheme = URL.parse(address)?.protocol ?? '';
  if (scheme === 'postgres:' || scheme === 'postgresql:') return openEmbeddedExchange(address, dependencies);
  throw new ExchangeError('scheme-unknown');
}
