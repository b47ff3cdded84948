import type { Membership } from '@liaison/contracts';
import type { Exchange } from '@liaison/exchange';
import { createWaker, migrate, runWorker, type Database } from '@liaison/postgres';
import { digestOf, type PrivateJwk, type SigningKey } from '@liaison/seal';
import {
  addApiDocumentation,
  addHealthRoutes,
  codesOf,
  createReadiness,
  formatUtc,
  noTracing,
  readBody,
  refuseForeignHosts,
  refuseOtherMethods,
  type Clock,
  type Log,
  type NewId,
  type ReachPoint,
  type Tracing,
} from '@liaison/service';
import { Router, type Express } from 'express';
import type { AnswerDeps } from './answers/queue-answer.ts';
import { releaseAnswers } from './answers/release-answers.ts';
import type { FollowedDirectory } from './directory/follow-directory.ts';
import { receiveRecords } from './inbox/receive-records.ts';
import { sendReceipts } from './outbox/send-receipts.ts';
import { sendRound } from './outbox/send-worker.ts';
import { addInboxPages } from './pages/add-inbox-pages.ts';
import { answerDispatch } from './routes/answer-dispatch.ts';
import { getDispatch } from './routes/get-dispatch.ts';
import { listDispatches } from './routes/list-dispatches.ts';

/** Everything that one contact point is made of. */
export interface ContactPointDeps {
  readonly database: Database;
  readonly exchange: Exchange;
  readonly directory: FollowedDirectory;
  readonly log: Log;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly reach: ReachPoint;
  readonly membership: Membership & { readonly exchange: NonNullable<Membership['exchange']> };
  readonly signingKey: SigningKey;
  /** Retired ones included: parcels to them may still be on their way. */
  readonly decryptionKeys: readonly { readonly kid: string; readonly jwk: PrivateJwk }[];
  /** Counts what should not have come, by code; nobody does where absent. */
  readonly countSecurityEvent?: (code: string) => void;
  /** None where absent. */
  readonly tracing?: Tracing;
}

/** A contact point at work. */
export interface ContactPoint {
  /** Adds its interface for national systems, and the officer's pages, below a path. */
  addRoutes(app: Express, basePath: string): void;
  close(): Promise<void>;
}

const answerBytes = 64 * 1024;
const batchRecords = 20;
const batchBytes = 4 * 1024 * 1024;

const transientCodes: ReadonlySet<string> = new Set([
  'directory-expired',
  'directory-unreachable',
  'exchange-unavailable',
  'exchange-full',
]);

/** Whether a record that failed may simply come again later. */
function isTransient(error: unknown): boolean {
  const { kind, code } = error as { kind?: unknown; code?: unknown };
  return kind === 'retry' || kind === 'disk-full' || (typeof code === 'string' && transientCodes.has(code));
}

/** Brings a contact point's own database to this version. @throws DatabaseError. */
export async function migrateContactPoint(database: Database, log: Log): Promise<void> {
  await migrate(database, { folder: new URL('../migrations/', import.meta.url), schema: 'migration', log });
}

function addInterface(router: Router, database: Database, answering: AnswerDeps): void {
  router.route('/v1/dispatches').get(listDispatches(database)).all(refuseOtherMethods('GET'));
  router.route('/v1/dispatches/:dispatchId').get(getDispatch(answering)).all(refuseOtherMethods('GET'));
  router
    .route('/v1/dispatches/:dispatchId/answers')
    .post(
      ...readBody({ contentType: 'application/json', limitBytes: answerBytes }),
      answerDispatch(answering),
    )
    .all(refuseOtherMethods('POST'));
}

/** Starts one contact point: inbox, outbox, and what its interface needs. */
export async function createContactPoint(deps: ContactPointDeps): Promise<ContactPoint> {
  const { database, exchange, log, clock, newId, reach, membership } = deps;
  const selfId = membership.participantId;
  const stopping = new AbortController();
  const waker = createWaker();
  const wake = (): void => {
    waker.wake();
  };
  const decryptionKeys = new Map(deps.decryptionKeys.map(({ kid, jwk }) => [kid, jwk]));
  const shared = {
    database,
    exchange,
    clock,
    newId,
    log,
    reach,
    selfId,
    currentDirectory: () => deps.directory.current(),
    refreshDirectory: () => deps.directory.refresh(),
    privateKeys: (kid: string) => decryptionKeys.get(kid),
    signingKey: () => deps.signingKey,
    writeTopic: membership.exchange.writeTopic,
    tracing: deps.tracing ?? noTracing,
    countSecurityEvent: deps.countSecurityEvent ?? (() => undefined),
  };
  const sending = runWorker({
    name: `outbox-${selfId}`,
    async work() {
      await releaseAnswers(shared);
      return sendRound(shared);
    },
    waker,
    signal: stopping.signal,
    log,
  });
  const subscription = await exchange.receive({
    group: membership.exchange.group,
    topics: [membership.exchange.readTopic],
    maxRecords: batchRecords,
    maxBytes: batchBytes,
    handle: (records) =>
      receiveRecords(records, { ...shared, sendReceipts: (receipts) => sendReceipts(receipts, shared) }),
    async quarantine({ topic, offset, value }, error) {
      log.error('record-quarantined', { offset, codes: codesOf(error) });
      await database.query(
        `insert into inbox.quarantined_record (topic, "offset", digest, codes, at) values ($1, $2, $3, $4, $5)
         on conflict do nothing`,
        [topic, offset, digestOf(value), codesOf(error), formatUtc(clock.nowMs())],
      );
    },
    isTransient,
    log,
  });
  const checks = {
    database: async () => {
      await database.query(
        `insert into inbox.probe (service, at) values ('contact-point', $1)
         on conflict (service) do update set at = excluded.at`,
        [formatUtc(clock.nowMs())],
      );
    },
    directory: () =>
      deps.directory.current() === null
        ? Promise.reject(new Error('the directory has expired'))
        : Promise.resolve(),
  };
  const readiness = createReadiness({ checks, clock, log });
  return {
    addRoutes(app, basePath) {
      const router = Router({ caseSensitive: true });
      router.use(refuseForeignHosts);
      const answering = { ...shared, onAnswer: wake };
      addInterface(router, database, answering);
      addInboxPages(router, { ...answering, basePath });
      addApiDocumentation(router, { document: 'contact-point-api' });
      addHealthRoutes(router, readiness);
      app.use(basePath === '' ? '/' : basePath, router);
    },
    async close() {
      stopping.abort();
      await Promise.all([subscription.close(), sending]);
    },
  };
}
