import { randomBytes, randomUUID } from 'node:crypto';
import { originOf, topicFrom, topicTo } from '@liaison/contracts';
import type { DirectoryIndex } from '@liaison/directory';
import { openExchange, type Exchange } from '@liaison/exchange';
import { connect, type Database } from '@liaison/postgres';
import {
  createHttpApp,
  createNewId,
  listenHttp,
  passPoint,
  silentLog,
  systemClock,
  type Clock,
  type NewId,
  type ReachPoint,
} from '@liaison/service';
import { createContactPoint, type ContactPointEntry } from '../src/index.ts';
import { openHubEnd, type HubEnd } from './hub-end.ts';
import { makeMembers, type Members } from './members.ts';
import { createHubSigner, type HubSigner } from './sign-as-hub.ts';
import { createTestPlace, type TestPlace } from './test-place.ts';

/** The contact point of Belgium, and a hub that the test plays. */
export interface StartedContactPoint {
  readonly members: Members;
  readonly newId: NewId;
  readonly hub: HubSigner & HubEnd;
  readonly place: TestPlace;
  /** Its own database, as a superuser. */
  readonly inbox: Database;
  /** Origin of its interface, at `basePath`. */
  readonly origin: string;
  /** As the process's file of contact points would have it. */
  readonly entry: ContactPointEntry;
  /** Gives it another directory; null: the one that it has has expired. */
  setDirectory(directory: DirectoryIndex | null): void;
  /** What the hub serves when it is asked for the newest one; null: the same as before. */
  offerDirectory(directory: DirectoryIndex | null): void;
  /** Stops it where it runs, and starts it anew, as after a crash or an upgrade. */
  restart(reach?: ReachPoint): Promise<void>;
  close(): Promise<void>;
}

export interface StartOptions {
  readonly basePath?: string;
  /** Stands between the contact point and the exchange. */
  readonly alterExchange?: (exchange: Exchange) => Exchange;
  readonly clock?: Clock;
}

function entryOf(members: Members, place: TestPlace, basePath: string): ContactPointEntry {
  const { instance, belgium } = members;
  const decryptionKeys = [belgium.encryption, belgium.retired].map(({ kid, jwk }) => ({ kid, jwk }));
  return {
    basePath,
    databaseUrl: place.inboxUrl,
    signingKey: { kid: belgium.signing.kid, jwk: belgium.signing.jwk },
    decryptionKeys,
    membership: {
      schemaVersion: '1.0',
      participantId: 'cp-be',
      kind: 'lawEnforcement',
      instance,
      hub: 'hub',
      submissionApi: 'http://127.0.0.1:1',
      anchors: [members.hub.forReceipts.listed.jwk],
      log: {
        origin: originOf(instance),
        url: 'http://127.0.0.1:1/v1',
        keys: [...members.directory.document.log.keys],
      },
      exchange: {
        url: place.exchangeUrls.belgium,
        readTopic: topicTo(instance, 'cp-be'),
        writeTopic: topicFrom(instance, 'cp-be'),
        group: 'cp-be',
      },
    },
  };
}

/** Starts a contact point in an installation of its own. */
export async function startContactPoint(options: StartOptions = {}): Promise<StartedContactPoint> {
  const { basePath = '', alterExchange = (exchange: Exchange) => exchange, clock = systemClock } = options;
  const log = silentLog;
  const newId = createNewId(clock, randomBytes);
  const members = makeMembers(`test-${randomUUID().slice(0, 8)}`);
  const place = await createTestPlace(members.instance);
  const hubEnd = await openHubEnd(place.exchangeUrls.hub, members);
  const entry = entryOf(members, place, basePath);
  const database = connect({ url: entry.databaseUrl, applicationName: 'test', maxConnections: 3, log });
  const exchange = await openExchange(place.exchangeUrls.belgium, { log, applicationName: 'test' });
  let directory: DirectoryIndex | null = members.directory;
  let nextDirectory: DirectoryIndex | null = null;
  const run = async (reach: ReachPoint): Promise<{ origin: string; close(): Promise<void> }> => {
    const contactPoint = await createContactPoint({
      ...entry,
      database,
      exchange: alterExchange(exchange),
      directory: {
        current: () => directory,
        refresh: () => {
          directory = nextDirectory ?? directory;
          return Promise.resolve();
        },
        close: () => Promise.resolve(),
      },
      log,
      clock,
      newId,
      reach,
    });
    const app = createHttpApp({
      log,
      clock,
      newId,
      apiVersion: '1.0.0',
      routes: (routes) => {
        contactPoint.addRoutes(routes, basePath);
      },
    });
    const http = await listenHttp(app, { host: '127.0.0.1', port: 0 });
    return {
      origin: http.origin,
      async close() {
        await http.close();
        await contactPoint.close();
      },
    };
  };
  let running = await run(passPoint);
  return {
    members,
    newId,
    hub: { ...createHubSigner(members, newId), ...hubEnd },
    place,
    inbox: place.inbox,
    get origin() {
      return `${running.origin}${basePath}`;
    },
    entry,
    setDirectory(next) {
      directory = next;
    },
    offerDirectory(next) {
      nextDirectory = next;
    },
    async restart(reach = passPoint) {
      await running.close();
      running = await run(reach);
    },
    async close() {
      await running.close();
      await Promise.all([exchange.close(), hubEnd.close(), database.end()]);
      await place.close();
    },
  };
}
