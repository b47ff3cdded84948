import { createContactPoint, followDirectory, migrateContactPoint } from '@liaison/contact-point';
import type { ContactPointEntry } from '@liaison/contact-point';
import { openExchange } from '@liaison/exchange';
import { connect, type Database } from '@liaison/postgres';
import { createHttpApp, listenHttp, passPoint, silentLog, type Log } from '@liaison/service';
import type { TestHub } from './test-hub.ts';

/** A contact point that was started with what its own staff have, and nothing else of the installation. */
export interface FollowingContactPoint {
  /** Address of its interface, without `/v1`. */
  readonly origin: string;
  /** Its own database, as its own role. */
  readonly inbox: Database;
  close(): Promise<void>;
}

export interface FollowingOptions {
  readonly log?: Log;
  /** Where it fetches the directory; the submission API of its membership document where absent. */
  readonly directoryOrigin?: string;
  readonly pollMs?: number;
}

/** Starts a contact point that follows the hub's directory over HTTP, as its process does. */
export async function startFollowingContactPoint(
  hub: TestHub,
  entry: ContactPointEntry,
  options: FollowingOptions = {},
): Promise<FollowingContactPoint> {
  const { log = silentLog, pollMs } = options;
  const { clock, newId } = hub;
  const { submissionApi, instance, anchors, exchange: place } = entry.membership;
  const database = connect({ url: entry.databaseUrl, applicationName: 'test', maxConnections: 3, log });
  await migrateContactPoint(database, log);
  const directory = await followDirectory({
    url: `${options.directoryOrigin ?? submissionApi}/v1/directory`,
    trust: { instance, anchors },
    clock,
    log,
    ...(pollMs === undefined ? {} : { pollMs }),
  });
  const exchange = await openExchange(place.url, { log, applicationName: 'test' });
  const contactPoint = await createContactPoint({
    ...entry,
    database,
    exchange,
    directory,
    log,
    clock,
    newId,
    reach: passPoint,
  });
  const app = createHttpApp({
    log,
    clock,
    newId,
    apiVersion: '1.0.0',
    routes: (routes) => {
      contactPoint.addRoutes(routes, '');
    },
  });
  const http = await listenHttp(app, { host: '127.0.0.1', port: 0 });
  return {
    origin: http.origin,
    inbox: database,
    async close() {
      await http.close();
      await contactPoint.close();
      await Promise.all([exchange.close(), directory.close()]);
      await database.end();
    },
  };
}
