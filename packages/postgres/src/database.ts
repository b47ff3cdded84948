import pg from 'pg';

import { describeDatabaseError } from './database-error.ts';
import type { Log } from './log.ts';
import { runStatement } from './queryable.ts';
import type { Queryable } from './queryable.ts';
import { runTransaction } from './transaction.ts';
import type { TransactionOptions } from './transaction.ts';
import { createValueParsers } from './value-parsers.ts';

export interface Database extends Queryable {
  /**
   * Commits when the work resolves and rolls back when it throws; its error passes unchanged.
   * @throws DatabaseError `transaction-lost` when the server rolled back instead of committing
   */
  transaction<Result>(
    work: (transaction: Queryable) => Promise<Result>,
    options?: TransactionOptions,
  ): Promise<Result>;
  /** Waits for running statements and closes all connections; again does nothing. */
  end(): Promise<void>;
}

export interface ConnectOptions {
  readonly url: string;
  readonly applicationName: string;
  readonly maxConnections: number;
  readonly log: Log;
  /** How long an unused connection stays open; default 10 s. */
  readonly idleTimeoutMs?: number;
  /** How long to wait for a connection; default 10 s. */
  readonly connectTimeoutMs?: number;
  /**
   * How long to wait for an answer, default 2 min: a network that drops everything looks like a slow server. A program
   * with statements that take longer (a large migration) says 0 for no limit.
   */
  readonly queryTimeoutMs?: number;
}

/** Options of the session that the value parsers rely on; `options` of libpq's connection string. */
const sessionOptions = '-c timezone=UTC -c datestyle=ISO -c client_min_messages=warning';

/** Opens a pool; connections are made when first needed. */
export function connect(options: ConnectOptions): Database {
  const { url, applicationName, maxConnections, log } = options;
  const pool = new pg.Pool({
    connectionString: url,
    application_name: applicationName,
    max: maxConnections,
    idleTimeoutMillis: options.idleTimeoutMs ?? 10_000,
    connectionTimeoutMillis: options.connectTimeoutMs ?? 10_000,
    query_timeout: options.queryTimeoutMs ?? 120_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    options: sessionOptions,
    types: createValueParsers(),
  });
  const onLost = (error: unknown) => {
    log.warn('database-connection-lost', { application: applicationName, ...describeDatabaseError(error) });
  };
  // Unused connections report to the pool; one in use has no listener of its own and would end the process.
  pool.on('error', onLost);
  pool.on('connect', (client) => client.on('error', () => undefined));
  let ended: Promise<void> | undefined;
  return {
    query: async (statement, values) => runStatement(pool, statement, values),
    async transaction(work, transactionOptions) {
      return runTransaction(pool, work, transactionOptions ?? {});
    },
    async end() {
      ended ??= pool.end();
      await ended;
    },
  };
}
