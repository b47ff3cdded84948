import { LocalError } from '../local-error.ts';
import type { LocalOptions } from '../options.ts';
import type { RunFolder } from '../processes/run-folder.ts';
import type { StartDeps } from '../start-local.ts';
import type { DatabaseServer } from './database-server.ts';
import { embeddedPlace, type ExchangePlace } from './exchange-place.ts';
import type { Installation } from './installation.ts';

/** An exchange that is there to be used. */
export interface OpenExchangePlace extends ExchangePlace {
  stop(): Promise<void>;
}

/** Opens the exchange that was asked for. */
export async function openExchangePlace(
  options: LocalOptions,
  parts: {
    readonly installation: Installation;
    readonly server: DatabaseServer;
    readonly folder: RunFolder;
    readonly deps: StartDeps;
  },
): Promise<OpenExchangePlace> {
  if (options.kafka) throw new LocalError('kafka-unusable');
  const { installation, server } = parts;
  return { ...embeddedPlace(installation, server), stop: () => Promise.resolve() };
}
