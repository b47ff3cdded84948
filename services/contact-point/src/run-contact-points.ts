import { randomBytes } from 'node:crypto';
import { openChannelListener, openExchange, type ChannelListener } from '@liaison/exchange';
import { connect } from '@liaison/postgres';
import {
  createHttpApp,
  createNewId,
  listenHttp,
  runService,
  systemClock,
  type Log,
  type ReachPoint,
  type RunningService,
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

/** What the contact points of one process share: one directory, and one connection that listens. */
interface Shared {
  readonly log: Log;
  readonly reach: ReachPoint;
  readonly directory: FollowedDirectory;
  readonly listener: ChannelListener;
}

async function host(entry: ContactPointEntry, shared: Shared): Promise<Hosted> {
  const { log, reach, directory, listener } = shared;
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
    ...entry,
    database,
    exchange,
    directory,
    log,
    clock: systemClock,
    newId: createNewId(systemClock, randomBytes),
    reach,
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
  deps: { log: Log; reach: ReachPoint },
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
  const hosted = await Promise.all(
    contactPoints.map((entry) => host(entry, { log, reach, directory, listener })),
  );
  const app = createHttpApp({
    log,
    clock: systemClock,
    newId: createNewId(systemClock, randomBytes),
    apiVersion,
    routes: (routes) => {
      for (const { entry, contactPoint } of hosted) contactPoint.addRoutes(routes, entry.basePath);
    },
  });
  const http = await listenHttp(app, { host: environment.HOST, port: environment.PORT, loopbackOnly: true });
  return {
    addresses: { contactPoints: http.origin },
    async close() {
      await http.close();
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
    start: (config, log) => start(config, { log, reach }),
  });
}
