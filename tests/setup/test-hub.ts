import { randomBytes } from 'node:crypto';
import { createAudit } from '@liaison/audit';
import { createContactPoint } from '@liaison/contact-point';
import { hubParticipantId, originOf, readSchemas, type MemberState } from '@liaison/contracts';
import { indexDirectory, openDirectory, type DirectoryIndex } from '@liaison/directory';
import { exchangeRoleName, openExchange, type Exchange } from '@liaison/exchange';
import {
  auditSecrets,
  contactPointEntry,
  embeddedPlace,
  createInstallation,
  hubSettings,
  namesOf,
  prepareDatabases,
  removeDatabases,
  routerSecrets,
  submissionApiSecrets,
  urlOf,
  type Installation,
  type Surroundings,
} from '@liaison/local';
import { hubChannels } from '@liaison/hub-database';
import { connect, type Database } from '@liaison/postgres';
import { createRouter, openAddressCountries, type HubSettings } from '@liaison/router';
import {
  createHttpApp,
  createMetrics,
  createNewId,
  listenHttp,
  passPoint,
  silentLog,
  type Log,
  type NewId,
  type ReachPoint,
  type RunningService,
} from '@liaison/service';
import { createSubmissionApi } from '@liaison/submission-api';
import { createAddressOverlay, createShiftedClock, type TestClock } from '@liaison/testkit';
import { inject, vi } from 'vitest';

/** A hub in this process, on the shared PostgreSQL, with a clock that the test moves. */
export interface TestHub {
  readonly clock: TestClock;
  readonly newId: NewId;
  readonly installation: Installation;
  readonly settings: HubSettings;
  /** Origin of the submission API. */
  readonly api: string;
  /** Address of the audit interface's entries, with `/v1`. */
  readonly entries: string;
  /** Address of the public log, with `/v1`. */
  readonly log: string;
  /** The hub's database as its owner. */
  readonly database: Database;
  readonly surroundings: Surroundings;
  /** Opens the exchange as a participant. */
  openExchangeAs(participantId: string): Promise<Exchange>;
  /** Starts a contact point. @returns its address, without `/v1`. */
  startContactPoint(participantId: string): Promise<string>;
  readDirectory(): Promise<DirectoryIndex>;
  /** Moves the clock, and waits until the directory has been issued anew. */
  advance(ms: number): Promise<void>;
  /** Stops the router, so that nobody issues the directory any more. */
  stopRouter(): Promise<void>;
  /** Stops the router where it runs, and starts it, as after an upgrade. */
  restartRouter(): Promise<void>;
}

export interface TestHubOptions {
  readonly states?: readonly MemberState[];
  readonly referralsPerMinute?: number;
  readonly requestsPerMinuteAndAddress?: number;
  readonly reach?: ReachPoint;
  /** Of every service; none is kept where absent. */
  readonly log?: Log;
}

interface Closing {
  close(): Promise<void>;
}

function knownCountries(): ReadonlySet<string> {
  const definitions = readSchemas().get('definitions.v1')?.['$defs'] as Record<string, { enum?: string[] }>;
  return new Set(definitions['country']?.enum);
}

/** Makes a hub with its services; `close` what it returns as `closing`, last first. */
export async function createTestHub(options: TestHubOptions = {}): Promise<TestHub & Closing> {
  const { log = silentLog } = options;
  const clock = createShiftedClock();
  const newId = createNewId(clock, randomBytes);
  const server = { adminUrl: inject('databaseUrl') };
  const installation = createInstallation(options.states ?? ['BE', 'FR']);
  await prepareDatabases(server, installation);
  const names = namesOf(installation);
  const closings: Closing[] = [];
  const later = <T extends Closing>(one: T): T => {
    closings.push(one);
    return one;
  };
  const open = (name: string, login?: { role: string; password: string }): Database => {
    const url = urlOf(server, name, login);
    const database = connect({ url, applicationName: 'test', maxConnections: 6, log });
    closings.push({ close: () => database.end() });
    return database;
  };
  const { passwords } = installation.hub;
  const loginOf = (service: 'submission-api' | 'router' | 'audit'): { role: string; password: string } => ({
    role: names.login(service),
    password: passwords[service],
  });
  // Ports stand in documents only after the listeners have been given theirs.
  const ports = { submissionApi: 0, log: 0, entries: 0, contactPoints: 0 };
  const exchangePlace = embeddedPlace(installation, server);
  const surroundings: Surroundings = { installation, server, exchange: exchangePlace, ports };
  const base = {
    log,
    clock,
    newId,
    randomBytes,
    reach: options.reach ?? passPoint,
    instance: installation.instance,
  };
  const wrapping = installation.hub.wrappingKey;
  const wrappingKeys = [{ id: wrapping.id, bytes: Buffer.from(wrapping.bytes, 'base64') }];
  const origin = originOf(installation.instance);

  const audit = later(
    await createAudit({
      ...base,
      ...auditSecrets(surroundings),
      origin,
      database: open(names.hubDatabase, loginOf('audit')),
      databaseUrl: urlOf(server, names.hubDatabase, loginOf('audit')),
      host: '127.0.0.1',
      port: 0,
      entriesHost: '127.0.0.1',
      entriesPort: 0,
      operationsPort: 0,
      metrics: createMetrics('audit'),
    }),
  );
  ports.log = Number(new URL(audit.addresses['log'] ?? '').port);
  ports.entries = Number(new URL(audit.addresses['entries'] ?? '').port);

  const exchangeUrl = (participantId: string, password: string): string =>
    urlOf(server, names.exchangeDatabase, {
      role: exchangeRoleName(installation.instance, participantId),
      password,
    });
  const openAs = async (participantId: string, password: string): Promise<Exchange> =>
    later(await openExchange(exchangeUrl(participantId, password), { log, applicationName: 'test' }));

  const startRouter = async (): Promise<RunningService> => {
    const { logKeys, wrappingKeys: _given, ...secrets } = await routerSecrets(surroundings);
    return createRouter({
      ...base,
      ...secrets,
      wrappingKeys,
      database: open(names.hubDatabase, loginOf('router')),
      databaseUrl: urlOf(server, names.hubDatabase, loginOf('router')),
      exchange: await openAs(hubParticipantId, passwords.exchange),
      hubId: hubParticipantId,
      exchangeGroup: hubParticipantId,
      origin,
      ledger: { origin, url: `http://127.0.0.1:${ports.log}/v1`, keys: [...logKeys] },
      countryFacts: await openAddressCountries({
        countries: knownCountries(),
        overlay: createAddressOverlay(),
      }),
      operationsPort: 0,
      metrics: createMetrics('router'),
    });
  };
  let router: RunningService | undefined = await startRouter();
  const stopRouter = async (): Promise<void> => {
    await router?.close();
    router = undefined;
  };
  closings.push({ close: stopRouter });

  const { receiptKey, anchors, refusalHmacKey } = submissionApiSecrets(surroundings);
  const api = later(
    await createSubmissionApi({
      ...base,
      receiptKey,
      anchors,
      wrappingKeys,
      refusalHmacKey: Buffer.from(refusalHmacKey, 'base64'),
      origin,
      database: open(names.hubDatabase, loginOf('submission-api')),
      databaseUrl: urlOf(server, names.hubDatabase, loginOf('submission-api')),
      host: '127.0.0.1',
      port: 0,
      operationsPort: 0,
      referralsPerMinute: options.referralsPerMinute ?? 100_000,
      requestsPerMinuteAndAddress: options.requestsPerMinuteAndAddress ?? 100_000,
      metrics: createMetrics('submission-api'),
      publicOrigin: 'http://hub.test',
    }),
  );
  const apiOrigin = api.addresses['submissionApi'] ?? '';
  ports.submissionApi = Number(new URL(apiOrigin).port);

  const readDirectory = async (): Promise<DirectoryIndex> => {
    const jws = await (await fetch(`${apiOrigin}/v1/directory`)).text();
    const opened = await openDirectory(jws, { instance: installation.instance, anchors });
    if (!opened.ok) throw new Error(opened.code);
    return indexDirectory(opened.directory.document);
  };

  const database = open(names.hubDatabase);
  return {
    clock,
    newId,
    installation,
    settings: await hubSettings(surroundings),
    api: apiOrigin,
    entries: `http://127.0.0.1:${ports.entries}/v1`,
    log: `http://127.0.0.1:${ports.log}/v1`,
    database,
    surroundings,
    readDirectory,
    async openExchangeAs(participantId) {
      const found = installation.contactPoints.find(({ participant }) => participant.id === participantId);
      if (found === undefined) throw new Error('no such contact point');
      return openAs(participantId, found.exchangePassword);
    },
    async startContactPoint(participantId) {
      const found = installation.contactPoints.find(({ participant }) => participant.id === participantId);
      if (found === undefined) throw new Error('no such contact point');
      const entry = await contactPointEntry(found, surroundings);
      let directory = await readDirectory();
      const contactPoint = later(
        await createContactPoint({
          ...base,
          ...entry,
          database: open(names.inboxDatabase(participantId), {
            role: names.inboxRole(participantId),
            password: found.databasePassword,
          }),
          exchange: await openAs(participantId, found.exchangePassword),
          directory: {
            current: () => directory,
            refresh: async () => {
              directory = await readDirectory();
            },
            close: () => Promise.resolve(),
          },
        }),
      );
      const app = createHttpApp({
        ...base,
        apiVersion: '1.0.0',
        routes: (routes) => {
          contactPoint.addRoutes(routes, '');
        },
      });
      return later(await listenHttp(app, { host: '127.0.0.1', port: 0 })).origin;
    },
    async advance(ms) {
      clock.advance(ms);
      await database.query('select pg_notify($1, $2)', [hubChannels.participants, '']);
      await vi.waitFor(
        async () => {
          if (!(await fetch(`${apiOrigin}/v1/directory`)).ok) throw new Error('the directory has expired');
        },
        { timeout: 10_000, interval: 20 },
      );
    },
    stopRouter,
    async restartRouter() {
      await stopRouter();
      router = await startRouter();
    },
    async close() {
      for (const closing of closings.toReversed()) await closing.close();
      await removeDatabases(server, installation);
    },
  };
}
