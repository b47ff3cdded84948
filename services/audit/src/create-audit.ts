import type { Database } from '@liaison/postgres';
import {
  addApiDocumentation,
  addHealthRoutes,
  addMetricsRoute,
  createHttpApp,
  createReadiness,
  createRequestMetrics,
  listenHttp,
  refuseForeignHosts,
  type Clock,
  type Log,
  type NewId,
  type ReachPoint,
  type RunningService,
} from '@liaison/service';
import type { Express } from 'express';
import type { Registry } from 'prom-client';
import { createLogIdentity, type LogIdentity, type LogKey } from './log-key/log-identity.ts';
import { addDashboardPages } from './pages/add-dashboard-pages.ts';
import { createReadinessChecks } from './readiness-checks.ts';
import { addEntriesRoutes } from './routes/add-entries-routes.ts';
import { addLogRoutes } from './routes/add-log-routes.ts';
import { createCheckpointMemory } from './sequencer/checkpoint-memory.ts';
import { createLedgerMetrics } from './sequencer/ledger-metrics.ts';
import { runSequencer } from './sequencer/run-sequencer.ts';
import { addExchangeMetrics } from './volumes/exchange-metrics.ts';
import { runFolding } from './volumes/run-folding.ts';

/** Everything that audit is made of. */
export interface AuditDeps {
  readonly database: Database;
  readonly databaseUrl: string;
  readonly log: Log;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly reach: ReachPoint;
  /** Origin line of the log's checkpoints, and the name of its key. */
  readonly origin: string;
  readonly logKey: LogKey;
  /** Where the public listener answers, which shows hashes only. */
  readonly host: string;
  readonly port: number;
  /** Where the listener for entries answers: an address of loopback, until there is sign-in. */
  readonly entriesHost: string;
  readonly entriesPort: number;
  readonly operationsPort: number;
  readonly metrics: Registry;
}

const apiVersion = '1.0.0';

function createApps(
  deps: AuditDeps,
  identity: LogIdentity,
): { log: Express; entries: Express; operations: Express } {
  const { database, clock, log, newId } = deps;
  const readiness = createReadiness({
    checks: createReadinessChecks({ database, identity, clock }),
    clock,
    log,
  });
  const observeAnswer = createRequestMetrics(deps.metrics);
  const createApp = (addRoutes: (app: Express) => void, beforeAll?: typeof refuseForeignHosts): Express =>
    createHttpApp({
      log,
      clock,
      newId,
      apiVersion,
      observeAnswer,
      routes: (app) => {
        if (beforeAll !== undefined) app.use(beforeAll);
        addHealthRoutes(app, readiness);
        addRoutes(app);
      },
    });
  return {
    log: createApp((app) => {
      addLogRoutes(app, { database, identity });
      addApiDocumentation(app, { document: 'audit-api', tags: ['log'] });
    }),
    entries: createApp((app) => {
      // The pages may ask their own origin alone, and check proofs with what the public listener shows.
      addLogRoutes(app, { database, identity });
      addEntriesRoutes(app, { database, identity, clock, log });
      addApiDocumentation(app, { document: 'audit-api', tags: ['log', 'entries'] });
      addDashboardPages(app, { database, clock, log });
    }, refuseForeignHosts),
    operations: createApp((app) => {
      addMetricsRoute(app, deps.metrics);
    }),
  };
}

interface Running {
  close(): Promise<void>;
}

async function closeAll(parts: readonly Running[]): Promise<void> {
  await Promise.all(parts.map(async (part) => part.close()));
}

/**
 * Starts the sequencer and its three listeners: hashes for everybody, entries on loopback, figures for operators.
 * @throws CodedError `address-not-loopback`, `port-in-use`, `log-key-invalid`; DatabaseError.
 */
export async function createAudit(deps: AuditDeps): Promise<RunningService> {
  const { database, log, clock, reach } = deps;
  const identity = await createLogIdentity(deps.origin, deps.logKey);
  const sequencer = await runSequencer({
    database,
    databaseUrl: deps.databaseUrl,
    identity,
    memory: createCheckpointMemory(),
    metrics: createLedgerMetrics(deps.metrics, database),
    clock,
    log,
    reach,
  });
  addExchangeMetrics(deps.metrics, { database, clock });
  const running: Running[] = [sequencer, runFolding({ database, log })];
  const apps = createApps(deps, identity);
  const loopbackOnly = true;
  const listen = async (app: Express, at: Parameters<typeof listenHttp>[1]): Promise<string> => {
    const listener = await listenHttp(app, at);
    running.push(listener);
    return listener.origin;
  };
  try {
    const entries = await listen(apps.entries, {
      host: deps.entriesHost,
      port: deps.entriesPort,
      loopbackOnly,
    });
    const operations = await listen(apps.operations, {
      host: '127.0.0.1',
      port: deps.operationsPort,
      loopbackOnly,
    });
    const addresses = {
      log: await listen(apps.log, { host: deps.host, port: deps.port }),
      entries,
      operations,
    };
    return { addresses, close: async () => closeAll(running) };
  } catch (error) {
    await closeAll(running);
    throw error;
  }
}
