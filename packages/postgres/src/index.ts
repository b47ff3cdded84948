export {
  changePassword,
  closeToPublic,
  createDatabase,
  createRole,
  databaseExists,
  dropDatabase,
  roleExists,
} from './administer.ts';
export type { CreateDatabaseOptions, CreateRoleOptions } from './administer.ts';
export { checkServer } from './check-server.ts';
export type { ServerNeeds } from './check-server.ts';
export { connect } from './database.ts';
export type { ConnectOptions, Database } from './database.ts';
export { DatabaseError, describeDatabaseError, retryRuleOf } from './database-error.ts';
export type { DatabaseErrorCode, DatabaseErrorDescription } from './database-error.ts';
export { insertRows, toArrayText } from './insert-rows.ts';
export type { RowsToInsert } from './insert-rows.ts';
export { listen } from './listen.ts';
export type { Listener, ListenOptions } from './listen.ts';
export type { Log, LogFields } from './log.ts';
export { migrate } from './migrate.ts';
export type { MigrateOptions } from './migrate.ts';
export type { NamedStatement, Queryable, QueryResult } from './queryable.ts';
export { quoteIdentifier, quoteLiteral } from './quote.ts';
export { withRetry } from './retry.ts';
export type { RetryOptions } from './retry.ts';
export { retryDelayMs, retryRuleFor } from './retry-table.ts';
export type { FaultKind, RetryRule } from './retry-table.ts';
export { sleep } from './sleep.ts';
export type { Sleep } from './sleep.ts';
export type { Isolation, TransactionOptions } from './transaction.ts';
export { createWaker } from './waker.ts';
export type { Waker } from './waker.ts';
export { runWorker } from './worker.ts';
export type { WorkerOptions } from './worker.ts';
