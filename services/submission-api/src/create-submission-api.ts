import type { PublicJwk } from '@liaison/contracts';
import { limits } from '@liaison/contracts';
import { createDirectoryHolder } from '@liaison/directory';
import { createGuard } from '@liaison/guard';
import { createContentCipher, createEventMaker, hubChannels, type WrappingKey } from '@liaison/hub-database';
import { createWaker, listen, runWorker, type Database } from '@liaison/postgres';
import type { SigningKey } from '@liaison/seal';
import {
  addApiDocumentation,
  addDirectoryMetrics,
  addHealthRoutes,
  addMetricsRoute,
  createHttpApp,
  createReadiness,
  createRequestMetrics,
  listenHttp,
  noTracing,
  readBody,
  refuseOtherMethods,
  type Clock,
  type Log,
  type NewId,
  type RandomBytes,
  type ReachPoint,
  type ReadinessChecks,
  type RunningService,
  type Tracing,
} from '@liaison/service';
import type { Express } from 'express';
import type { Registry } from 'prom-client';
import { createDirectorySource, type DirectorySource } from './directory-source.ts';
import { createAcceptanceMaker } from './make-acceptance.ts';
import { createRateLimit, limitByAddress, type RateLimit } from './rate-limits.ts';
import type { ReadDeps } from './routes/for-sender.ts';
import { findReferrals } from './routes/find-referrals.ts';
import { getDirectory } from './routes/get-directory.ts';
import { getReferral } from './routes/get-referral.ts';
import { readFeed } from './routes/read-feed.ts';
import { submitReferral } from './routes/submit-referral.ts';
import { submitReferrals } from './routes/submit-referrals.ts';
import { writeProbe } from './store/intake.ts';
import { createRefusalRecorder } from './store/refusals.ts';
import { createSubmissionMetrics, type SubmissionMetrics } from './submission-metrics.ts';
import type { SubmitDeps } from './submit.ts';
import { createRequestTrace } from './trace-requests.ts';

/** Everything that the submission API is made of. */
export interface SubmissionApiDeps {
  readonly database: Database;
  readonly databaseUrl: string;
  readonly log: Log;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly randomBytes: RandomBytes;
  readonly reach: ReachPoint;
  readonly instance: string;
  readonly origin: string;
  readonly anchors: readonly PublicJwk[];
  readonly receiptKey: SigningKey;
  readonly wrappingKeys: readonly WrappingKey[];
  readonly refusalHmacKey: Uint8Array;
  readonly host: string;
  readonly port: number;
  readonly operationsPort: number;
  /** Address under which senders know this interface, without a path. */
  readonly publicOrigin: string;
  readonly metrics: Registry;
  /** None where absent. */
  readonly tracing?: Tracing;
  readonly referralsPerMinute: number;
  readonly requestsPerMinuteAndAddress: number;
}

const apiVersion = '1.0.0';
const directoryPollMs = 15_000;

/** What follows the signed directory: woken when it is issued anew, polling as the net. */
async function followDirectory(
  { databaseUrl, log }: SubmissionApiDeps,
  directories: DirectorySource,
): Promise<{ close(): Promise<void> }> {
  const stopping = new AbortController();
  const waker = createWaker();
  const listener = await listen({
    url: databaseUrl,
    channels: [hubChannels.issued],
    onNotification: () => {
      waker.wake();
    },
    onReconnected: () => {
      waker.wake();
    },
    log,
    applicationName: 'submission-api',
  });
  const following = runWorker({
    name: 'follow-directory',
    work: async () => {
      await directories.refresh();
      return 'idle';
    },
    waker,
    pollMs: directoryPollMs,
    signal: stopping.signal,
    log,
  });
  return {
    async close() {
      stopping.abort();
      await Promise.all([following, listener.close()]);
    },
  };
}

function createSubmitDeps(
  deps: SubmissionApiDeps,
  parts: { readonly senderLimit: RateLimit; readonly metrics: SubmissionMetrics },
): SubmitDeps {
  const { database, clock, newId, randomBytes, origin } = deps;
  const events = createEventMaker({ origin, newId, randomBytes });
  const cipher = createContentCipher(deps.wrappingKeys, randomBytes);
  return {
    database,
    clock,
    ...parts,
    reach: deps.reach,
    trace: createRequestTrace({ tracing: deps.tracing ?? noTracing, clock }),
    guard: createGuard(),
    acceptances: createAcceptanceMaker({ clock, newId, events, cipher, receiptKey: deps.receiptKey }),
    recordRefusal: createRefusalRecorder({ database, events, clock, newId, hmacKey: deps.refusalHmacKey }),
  };
}

function addSubmissionRoutes(
  app: Express,
  parts: { readonly submit: SubmitDeps; readonly read: ReadDeps; readonly addressLimit: RateLimit },
): void {
  const { submit, read } = parts;
  const { directories } = read;
  app.use('/v1', limitByAddress(parts.addressLimit));
  addApiDocumentation(app, { document: 'submission-api' });
  app
    .route('/v1/referrals')
    .post(
      submit.trace.follow('/v1/referrals'),
      ...readBody({ contentType: 'application/jose', limitBytes: limits.referralJwsBytes }),
      submitReferral(submit, directories),
    )
    .get(findReferrals(read))
    .all(refuseOtherMethods('GET', 'POST'));
  app
    .route('/v1/referrals/_batch')
    .post(
      submit.trace.follow('/v1/referrals/_batch'),
      ...readBody({ contentType: 'application/json', limitBytes: limits.batchBodyBytes }),
      submitReferrals(submit, directories),
    )
    .all(refuseOtherMethods('POST'));
  app.route('/v1/referrals/:referralId').get(getReferral(read)).all(refuseOtherMethods('GET'));
  app.route('/v1/feed').get(readFeed(read)).all(refuseOtherMethods('GET'));
  app.route('/v1/directory').get(getDirectory(directories)).all(refuseOtherMethods('GET'));
}

/** What readiness proves: a committed write, and a directory that has not expired. */
function createChecks({ database, clock }: SubmissionApiDeps, directories: DirectorySource): ReadinessChecks {
  return {
    database: () => writeProbe(database, clock.nowMs()),
    directory: () => {
      directories.current();
      return Promise.resolve();
    },
  };
}

/**
 * Starts the interface for providers, hotlines and partner centres.
 * @throws CodedError `port-in-use`; DatabaseError.
 */
export async function createSubmissionApi(deps: SubmissionApiDeps): Promise<RunningService> {
  const { database, clock, log, newId } = deps;
  const holder = createDirectoryHolder({ instance: deps.instance, anchors: deps.anchors });
  const directories = createDirectorySource({ database, holder, clock, log });
  const senderLimit = createRateLimit({ name: 'sender', perMinute: deps.referralsPerMinute });
  const addressLimit = createRateLimit({ name: 'address', perMinute: deps.requestsPerMinuteAndAddress });
  const readiness = createReadiness({ checks: createChecks(deps, directories), clock, log });
  const metrics = createSubmissionMetrics(deps.metrics);
  const submit = createSubmitDeps(deps, { senderLimit, metrics });
  const read = { database, clock, directories, senderLimit, metrics, publicOrigin: deps.publicOrigin };
  const http = { log, clock, newId, apiVersion };
  addDirectoryMetrics(deps.metrics, () => holder.current(clock.nowMs())?.expiresAtMs ?? null);
  const app = createHttpApp({
    ...http,
    observeAnswer: createRequestMetrics(deps.metrics),
    routes: (routes) => {
      addHealthRoutes(routes, readiness);
      addSubmissionRoutes(routes, { submit, read, addressLimit });
    },
  });
  const operations = createHttpApp({
    ...http,
    routes: (routes) => {
      addHealthRoutes(routes, readiness);
      addMetricsRoute(routes, deps.metrics);
    },
  });
  // Before anything is answered: a router that is late makes us wait, not refuse.
  await directories.refresh();
  const following = await followDirectory(deps, directories);
  const listener = await listenHttp(app, { host: deps.host, port: deps.port });
  const operator = await listenHttp(operations, {
    host: '127.0.0.1',
    port: deps.operationsPort,
    loopbackOnly: true,
  });
  return {
    addresses: { submissionApi: listener.origin, operations: operator.origin },
    async close() {
      await Promise.all([listener.close(), operator.close()]);
      await following.close();
    },
  };
}
