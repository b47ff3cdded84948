import type { Database } from '@liaison/postgres';
import { refuseOtherMethods, type Clock, type Log } from '@liaison/service';
import type { Express } from 'express';
import type { LogIdentity } from '../log-key/log-identity.ts';
import { findTimelines } from '../timelines/find-timelines.ts';
import { keepFresh } from '../volumes/keep-fresh.ts';
import { readVolumes } from '../volumes/read-volumes.ts';
import { exportLog } from './export-log.ts';
import { getTimelines } from './get-timelines.ts';
import { getVolumes } from './get-volumes.ts';

/** What the routes for entries need. */
export interface EntriesDeps {
  readonly database: Database;
  readonly identity: LogIdentity;
  readonly clock: Clock;
  readonly log: Log;
}

/** Adds the routes that show entries, figures and timelines. */
export function addEntriesRoutes(app: Express, deps: EntriesDeps): void {
  const { database, clock } = deps;
  const volumes = keepFresh(async () => readVolumes(database, clock.nowMs()), clock);
  const routes = {
    '/v1/log/export': exportLog(deps),
    '/v1/volumes': getVolumes(volumes),
    '/v1/timelines': getTimelines(async (search) => findTimelines(search, deps)),
  };
  for (const [path, handler] of Object.entries(routes)) {
    app.route(path).get(handler).all(refuseOtherMethods('GET'));
  }
}
