import { randomBytes } from 'node:crypto';
import { hubParticipantId, readSchemas } from '@liaison/contracts';
import { openExchange } from '@liaison/exchange';
import { connect } from '@liaison/postgres';
import {
  createExchangeMeasure,
  createMetrics,
  createNewId,
  messagingSystemOf,
  runService,
  systemClock,
  type Log,
  type ReachPoint,
  type RunningService,
  type Tracing,
} from '@liaison/service';
import { readRouterConfig, type RouterConfig } from './config.ts';
import { createRouter } from './create-router.ts';
import { openAddressCountries } from './decide/address-countries.ts';

/** ISO 3166-1 codes that the contracts know. */
function knownCountries(): ReadonlySet<string> {
  const definitions = readSchemas().get('definitions.v1')?.['$defs'] as
    Record<string, { enum?: string[] }> | undefined;
  return new Set(definitions?.['country']?.enum);
}

/**
 * Runs the router as this process, configured by its environment.
 * @param reach awaited at the points between which a crash matters.
 */
export async function runRouter(reach: ReachPoint): Promise<void> {
  const start = async (
    { environment, origin, secrets, wrappingKeys, overlay }: RouterConfig,
    log: Log,
    tracing: Tracing,
  ): Promise<RunningService> => {
    const { logKeys, exchangeTls, ...keys } = secrets;
    const url = environment.DATABASE_URL;
    const database = connect({ url, applicationName: 'router', maxConnections: 8, log });
    const exchange = await openExchange(environment.EXCHANGE_URL, {
      log,
      applicationName: 'router',
      maxConnections: 6,
      tls: exchangeTls ?? null,
    });
    const metrics = createMetrics('router');
    const system = messagingSystemOf(environment.EXCHANGE_URL);
    const service = await createRouter({
      ...keys,
      database,
      databaseUrl: url,
      exchange: createExchangeMeasure({ registry: metrics, system, clock: systemClock })(exchange),
      exchangeGroup: environment.EXCHANGE_GROUP,
      log,
      clock: systemClock,
      newId: createNewId(systemClock, randomBytes),
      randomBytes,
      reach,
      instance: environment.INSTANCE,
      hubId: hubParticipantId,
      origin,
      ledger: { origin, url: environment.LOG_URL, keys: [...logKeys] },
      wrappingKeys,
      countryFacts: await openAddressCountries({ countries: knownCountries(), overlay }),
      operationsPort: environment.OPERATIONS_PORT,
      metrics,
      tracing: tracing.over(system),
    });
    return {
      addresses: service.addresses,
      async close() {
        await service.close();
        await exchange.close();
        await database.end();
      },
    };
  };
  await runService({ name: 'router', readConfig: readRouterConfig, start });
}
