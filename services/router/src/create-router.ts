import type { Directory, PublicJwk } from '@liaison/contracts';
import { createDirectoryHolder, type DirectoryIndex } from '@liaison/directory';
import type { Exchange, Subscription } from '@liaison/exchange';
import { createContentCipher, createEventMaker, hubChannels, type WrappingKey } from '@liaison/hub-database';
import type { CountryFacts } from '@liaison/jurisdiction';
import { createWaker, listen, runWorker, type Database, type Waker } from '@liaison/postgres';
import type { PrivateJwk, SigningKey } from '@liaison/seal';
import {
  addDirectoryMetrics,
  addHealthRoutes,
  addMetricsRoute,
  CodedError,
  createHttpApp,
  createReadiness,
  createSignatureMetrics,
  formatUtc,
  listenHttp,
  noTracing,
  type Clock,
  type Log,
  type NewId,
  type RandomBytes,
  type ReachPoint,
  type ReadinessChecks,
  type RunningService,
  type Tracing,
} from '@liaison/service';
import type { Registry } from 'prom-client';
import { createAlarmCounter } from './alarm-counter.ts';
import { createTopicFollower } from './answers/follow-topics.ts';
import { isTransient, quarantineRecord } from './answers/quarantine.ts';
import { createReceiveAnswers } from './answers/receive-answers.ts';
import { watchDeadlines } from './deadlines/watch-deadlines.ts';
import { decideBatch } from './decide/decide-worker.ts';
import { followEnrolment } from './directory/follow-enrolment.ts';
import { issueDirectory } from './directory/issue-directory.ts';
import { createPacer, type Pacer } from './send/pacer.ts';
import { sendReceipts } from './send/send-receipts.ts';
import { sendRound } from './send/send-worker.ts';
import { createReadGoverning } from './store/governing.ts';
import { freeLeases } from './store/outgoing.ts';

/** Everything that the router is made of. */
export interface RouterDeps {
  readonly database: Database;
  readonly databaseUrl: string;
  readonly exchange: Exchange;
  /** As which it reads. */
  readonly exchangeGroup: string;
  readonly log: Log;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly randomBytes: RandomBytes;
  readonly reach: ReachPoint;
  readonly instance: string;
  readonly hubId: string;
  readonly origin: string;
  readonly ledger: Directory['log'];
  readonly anchors: readonly PublicJwk[];
  readonly directoryKey: SigningKey;
  readonly dispatchKey: SigningKey;
  /** Private keys to which feedback is sealed, retired ones included. */
  readonly decryptionKeys: readonly { readonly kid: string; readonly jwk: PrivateJwk }[];
  readonly wrappingKeys: readonly WrappingKey[];
  readonly countryFacts: CountryFacts;
  readonly operationsPort: number;
  readonly metrics: Registry;
  /** None where absent. */
  readonly tracing?: Tracing;
}

const apiVersion = '1.0.0';
const batchRecords = 50;
/** Topics that are read at the same time; bounds, with the bytes of a batch, what is in memory. */
const concurrentTopics = 6;
const batchBytes = 4 * 1024 * 1024;
const directoryPollMs = 20_000;

/** What could not be decided is tried again so often, and whenever somebody's entry in the directory changes. */
const undecidedPollMs = 15_000;

interface Wakers {
  readonly decide: Waker;
  readonly undecided: Waker;
  readonly send: Waker;
  readonly receipts: Waker;
  readonly directory: Waker;
  readonly deadlines: Waker;
  readonly leases: Waker;
}

function createWakers(): Wakers {
  return {
    decide: createWaker(),
    undecided: createWaker(),
    send: createWaker(),
    receipts: createWaker(),
    directory: createWaker(),
    deadlines: createWaker(),
    leases: createWaker(),
  };
}

/** Wakes the worker that a notification is for; after a lost connection, all of them. */
function wakeOn(wakers: Wakers, channel: string | null): void {
  if (channel === null || channel === hubChannels.accepted) wakers.decide.wake();
  if (channel === null || channel === hubChannels.sealed) wakers.send.wake();
  if (channel === null || channel === hubChannels.participants) {
    wakers.directory.wake();
    wakers.undecided.wake();
  }
}

/** What all parts of the router share. */
function createShared(deps: RouterDeps) {
  const { database, exchange, log, clock, newId, randomBytes, reach, instance, hubId, origin } = deps;
  return {
    database,
    exchange,
    log,
    clock,
    newId,
    reach,
    instance,
    hubId,
    holder: createDirectoryHolder({ instance, anchors: deps.anchors }),
    events: createEventMaker({ origin, newId, randomBytes }),
    cipher: createContentCipher(deps.wrappingKeys, randomBytes),
    dispatchKey: deps.dispatchKey,
    receiptKey: deps.dispatchKey,
    countryFacts: deps.countryFacts,
    readGoverning: createReadGoverning(),
    countAlarm: createAlarmCounter(deps.metrics),
    countSignatureFailure: createSignatureMetrics(deps.metrics),
    tracing: deps.tracing ?? noTracing,
  };
}

type Shared = ReturnType<typeof createShared>;
type FollowTopics = (directory: DirectoryIndex) => Promise<void>;

async function receive(deps: RouterDeps, shared: Shared, wakers: Wakers): Promise<Subscription> {
  const decryptionKeys = new Map(deps.decryptionKeys.map(({ kid, jwk }) => [kid, jwk]));
  const receiveDeps = {
    ...shared,
    privateKeys: (kid: string) => decryptionKeys.get(kid),
    onReceipts: () => {
      wakers.receipts.wake();
    },
    onSealed: () => {
      wakers.send.wake();
    },
  };
  return deps.exchange.receive({
    group: deps.exchangeGroup,
    topics: [],
    maxRecords: batchRecords,
    maxBytes: batchBytes,
    concurrency: concurrentTopics,
    handle: createReceiveAnswers(receiveDeps),
    quarantine: (record, error) => quarantineRecord(record, error, shared),
    isTransient,
    log: deps.log,
  });
}

/** Issues the directory, and takes up what its changes set free. */
async function refreshDirectory(
  deps: RouterDeps,
  shared: Shared,
  parts: { readonly wakers: Wakers; readonly followTopics: FollowTopics },
): Promise<'more' | 'idle'> {
  const { directoryKey, ledger } = deps;
  const { wakers, followTopics } = parts;
  const directory = await issueDirectory({ ...shared, directoryKey, ledger });
  await followTopics(directory);
  const { freed, hasMore } = await followEnrolment(shared, directory);
  if (freed > 0) wakers.send.wake();
  return hasMore ? 'more' : 'idle';
}

/** Rounds of sending are this far apart, so that parcels of several addressees share a round; urgent ones wait for none. */
const roundMs = 40;

/** Sends while parcels are due, and is woken when the next one has lingered long enough. */
function createSending(shared: Shared, pacer: Pacer): () => Promise<'more' | 'idle'> {
  return async () => {
    const { sent, nextDueMs } = await sendRound(shared);
    if (nextDueMs === null) return 'idle';
    const nowMs = shared.clock.nowMs();
    if (sent > 0 && nextDueMs <= nowMs) return 'more';
    pacer.wakeAt(Math.max(nextDueMs, nowMs + roundMs));
    return 'idle';
  };
}

function startWorkers(
  deps: RouterDeps,
  shared: Shared,
  parts: {
    readonly wakers: Wakers;
    readonly pacer: Pacer;
    readonly followTopics: FollowTopics;
    readonly signal: AbortSignal;
  },
): Promise<void>[] {
  const { wakers, pacer, signal } = parts;
  const start = (name: keyof Wakers, work: () => Promise<'more' | 'idle'>, pollMs = 1_000): Promise<void> =>
    runWorker({ name, work, waker: wakers[name], pollMs, signal, log: deps.log });
  const onSealed = (urgent: boolean): void => {
    if (urgent) wakers.send.wake();
    else pacer.wakeAt(shared.clock.nowMs() + roundMs);
  };
  return [
    start('directory', () => refreshDirectory(deps, shared, parts), directoryPollMs),
    start('decide', () => decideBatch('new', { ...shared, onSealed })),
    start('undecided', () => decideBatch('undecided', { ...shared, onSealed }), undecidedPollMs),
    start('send', createSending(shared, pacer)),
    start('receipts', () => sendReceipts(shared)),
    start('deadlines', () => watchDeadlines({ ...shared, onResent: () => wakers.send.wake() })),
    start('leases', async () => {
      if ((await freeLeases(shared.database, shared.clock.nowMs())) > 0) wakers.send.wake();
      return 'idle';
    }),
  ];
}

/** What readiness proves: a committed write, and a directory that has not expired. */
function createChecks({ database, clock, holder }: Shared): ReadinessChecks {
  return {
    async database() {
      await database.query(`select intake.write_probe('router', $1)`, [formatUtc(clock.nowMs())]);
    },
    directory: () =>
      holder.current(clock.nowMs()) === null
        ? Promise.reject(new CodedError('directory-expired', 'The directory has expired.'))
        : Promise.resolve(),
  };
}

/**
 * Starts the router: it issues the directory, decides and dispatches referrals, takes answers and watches deadlines.
 * @throws CodedError, DatabaseError, ExchangeError where it cannot start.
 */
export async function createRouter(deps: RouterDeps): Promise<RunningService> {
  const { log, clock, newId } = deps;
  const shared = createShared(deps);
  addDirectoryMetrics(deps.metrics, () => shared.holder.current(clock.nowMs())?.expiresAtMs ?? null);
  const wakers = createWakers();
  const stopping = new AbortController();
  const subscription = await receive(deps, shared, wakers);
  const followTopics = createTopicFollower(subscription, shared);
  await refreshDirectory(deps, shared, { wakers, followTopics });
  const listener = await listen({
    url: deps.databaseUrl,
    channels: [hubChannels.accepted, hubChannels.sealed, hubChannels.participants],
    onNotification: (channel) => {
      wakeOn(wakers, channel);
    },
    onReconnected: () => {
      wakeOn(wakers, null);
    },
    log,
    applicationName: 'router',
  });
  const pacer = createPacer(wakers.send, clock);
  const workers = startWorkers(deps, shared, { wakers, pacer, followTopics, signal: stopping.signal });
  const readiness = createReadiness({ checks: createChecks(shared), clock, log });
  const operations = createHttpApp({
    log,
    clock,
    newId,
    apiVersion,
    routes: (app) => {
      addHealthRoutes(app, readiness);
      addMetricsRoute(app, deps.metrics);
    },
  });
  const operator = await listenHttp(operations, {
    host: '127.0.0.1',
    port: deps.operationsPort,
    loopbackOnly: true,
  });
  return {
    addresses: { operations: operator.origin },
    async close() {
      stopping.abort();
      pacer.close();
      await Promise.all([subscription.close(), listener.close(), operator.close(), ...workers]);
    },
  };
}
