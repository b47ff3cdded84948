import { randomBytes } from 'node:crypto';
import { openChannelListener, openExchange, type ChannelListener, type Exchange } from '@liaison/exchange';
import { hubParticipantId } from '@liaison/contracts';
import { connect } from '@liaison/postgres';
import {
  addDirectoryMetrics,
  addMetricsRoute,
  createHttpApp,
  createMetrics,
  createNewId,
  createRequestMetrics,
  createSecurityMetrics,
  listenHttp,
  createExchangeMeasure,
  messagingSystemOf,
  runService,
  systemClock,
  type Log,
  type ReachPoint,
  type RunningService,
  type Tracing,
} from '@liaison/service';
import { readContactPointsConfig, type ContactPointEntry, type ContactPointsConfig } from './config.ts';
import { createContactPoint, migrateContactPoint, type ContactPoint } from './create-contact-point.ts';
import { followDirectory, type FollowedDirectory } from './directory/follow-directory.ts';

const apiVersion = '1.0.0';

interface Hosted {
  readonly entry: ContactPointEntry;
  readonly contactPoint: ContactPoint;
  close(): Promise<void>;
}

/** What the contact points of one process share: one directory, one connection that listens, one set of figures. */
interface Shared {
  readonly log: Log;
  readonly reach: ReachPoint;
  readonly directory: FollowedDirectory;
  readonly listener: ChannelListener;
  readonly tracing: Tracing;
  readonly measure: (exchange: Exchange) => Exchange;
  readonly countSecurityEvent: (code: string) => void;
}

async function host(entry: ContactPointEntry, shared: Shared): Promise<Hosted> {
  const { log, directory, listener, measure, ...given } = shared;
  const { participantId, exchange: place } = entry.membership;
  const applicationName = `contact-point ${participantId}`;
  const database = connect({ url: entry.databaseUrl, applicationName, maxConnections: 3, log });
  await migrateContactPoint(database, log);
  const exchange = await openExchange(place.url, {
    log,
    applicationName,
    listener,
    maxConnections: 2,
    tls: entry.exchangeTls ?? null,
  });
  const contactPoint = await createContactPoint({
    ...given,
    ...entry,
    database,
    exchange: measure(exchange),
    directory,
    log,
    clock: systemClock,
    newId: createNewId(systemClock, randomBytes),
  });
  return {
    entry,
    contactPoint,
    async close() {
      await contactPoint.close();
      await exchange.close();
      await database.end();
    },
  };
}

async function start(
  { environment, contactPoints }: ContactPointsConfig,
  deps: { log: Log; reach: ReachPoint; tracing: Tracing },
): Promise<RunningService> {
  const { log, reach } = deps;
  const [first] = contactPoints;
  if (first === undefined) return { addresses: {}, close: () => Promise.resolve() };
  const { submissionApi, instance, anchors, exchange } = first.membership;
  const directory = await followDirectory({
    url: `${submissionApi}/v1/directory`,
    trust: { instance, anchors },
    clock: systemClock,
    log,
  });
  const listener = openChannelListener({ url: exchange.url, applicationName: 'contact-points', log });
  const metrics = createMetrics('contact-point');
  addDirectoryMetrics(metrics, () => directory.current()?.expiresAtMs ?? null);
  const system = messagingSystemOf(exchange.url);
  const shared: Shared = {
    log,
    reach,
    directory,
    listener,
    tracing: deps.tracing.over(system),
    measure: createExchangeMeasure({ registry: metrics, system, clock: systemClock }),
    countSecurityEvent: createSecurityMetrics(metrics, hubParticipantId),
  };
  const hosted = await Promise.all(contactPoints.map((entry) => host(entry, shared)));
  const common = { log, clock: systemClock, newId: createNewId(systemClock, randomBytes), apiVersion };
  const app = createHttpApp({
    ...common,
    observeAnswer: createRequestMetrics(metrics),
    routes: (routes) => {
      for (const { entry, contactPoint } of hosted) contactPoint.addRoutes(routes, entry.basePath);
    },
  });
  const http = await listenHttp(app, { host: environment.HOST, port: environment.PORT, loopbackOnly: true });
  const operations = createHttpApp({
    ...common,
    routes: (routes) => {
      addMetricsRoute(routes, metrics);
    },
  });
  const operator = await listenHttp(operations, {
    host: '127.0.0.1',
    port: environment.OPERATIONS_PORT,
    loopbackOnly: true,
  });
  return {
    addresses: { contactPoints: http.origin, operations: operator.origin },
    async close() {
      await Promise.all([http.close(), operator.close()]);
      await Promise.all(hosted.map((one) => one.close()));
      await Promise.all([listener.close(), directory.close()]);
    },
  };
}

/**
 * Runs contact points as this process, configured by its environment.
 * @param reach awaited at the points between which a crash matters.
 */
export async function runContactPoints(reach: ReachPoint): Promise<void> {
  await runService({
    name: 'contact-point',
    readConfig: readContactPointsConfig,
    start: (config, log, tracing) => start(config, { log, reach, tracing }),
  });
}
