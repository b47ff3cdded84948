import { retryRuleFor } from './retry-table.ts';
import type { FaultKind, RetryRule } from './retry-table.ts';

const messages = {
  'connection-failed': 'The database cannot be reached, or the connection to it broke.',
  'database-newer': 'The database was migrated by a newer version of this program: run that one.',
  'migration-edited': 'A migration that was already applied has been edited: restore it and add another one.',
  'migration-misnamed': 'Migrations must be named 000001-noun.sql and be numbered without a gap.',
  'password-unusable': 'A password of a role must be printable ASCII.',
  'server-too-old': 'The PostgreSQL server is older than this program needs.',
  'statement-failed': 'The database refused a statement.',
  'too-few-connections': 'The PostgreSQL server allows fewer connections than this program needs.',
  'transaction-lost': 'The database rolled a transaction back instead of committing it.',
  'transaction-over': 'A statement came after the end of its transaction.',
  'value-out-of-range': 'The database holds a number or time that cannot be represented exactly.',
} as const;

export type DatabaseErrorCode = keyof typeof messages;

/** All that may be known of an error of the server: its message and detail can quote values of rows. */
export interface DatabaseErrorDescription {
  /** PostgreSQL's SQLSTATE, five characters. */
  readonly sqlstate: string | null;
  /** Node's errno name, when the connection and not the statement failed. */
  readonly errno: string | null;
  readonly table: string | null;
  readonly constraint: string | null;
}

const nothingKnown: DatabaseErrorDescription = { sqlstate: null, errno: null, table: null, constraint: null };

/**
 * A failed statement, connection or check. It never carries the error of `pg` as its cause, because whoever prints a
 * cause would print values of rows.
 */
export class DatabaseError extends Error implements DatabaseErrorDescription {
  override readonly name = 'DatabaseError';
  readonly code: DatabaseErrorCode;
  readonly kind: FaultKind;
  readonly sqlstate: string | null;
  readonly errno: string | null;
  readonly table: string | null;
  readonly constraint: string | null;

  constructor(code: DatabaseErrorCode, description: DatabaseErrorDescription = nothingKnown) {
    super(messages[code]);
    this.code = code;
    this.kind = ruleOf(code, description).kind;
    this.sqlstate = description.sqlstate;
    this.errno = description.errno;
    this.table = description.table;
    this.constraint = description.constraint;
  }
}

/**
 * The rule of the retry table for anything thrown, by the DatabaseError that it is or that caused it; what did not come
 * from the database is a fault.
 */
export function retryRuleOf(error: unknown): RetryRule {
  const found = findDatabaseError(error);
  if (found !== undefined) return ruleOf(found.code, found);
  const { sqlstate, errno } = describeDatabaseError(error);
  return retryRuleFor(sqlstate ?? errno);
}

/** Reduces anything thrown to what may be logged. */
export function describeDatabaseError(error: unknown): DatabaseErrorDescription {
  const found = findDatabaseError(error);
  if (found !== undefined) {
    const { sqlstate, errno, table, constraint } = found;
    return { sqlstate, errno, table, constraint };
  }
  if (!(error instanceof Error)) return nothingKnown;
  const code = textAt(error, 'code');
  return {
    sqlstate: code !== null && /^[0-9A-Z]{5}$/u.test(code) && 'severity' in error ? code : null,
    errno: code !== null && /^E[A-Z_]+$/u.test(code) && !('severity' in error) ? code : null,
    table: textAt(error, 'table'),
    constraint: textAt(error, 'constraint'),
  };
}

function findDatabaseError(error: unknown): DatabaseError | undefined {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (current instanceof DatabaseError) return current;
  }
  return undefined;
}

/** Turns whatever `pg` throws into a DatabaseError; ours pass unchanged. */
export function toDatabaseError(error: unknown): DatabaseError {
  if (error instanceof DatabaseError) return error;
  const description = describeDatabaseError(error);
  // What comes without a SQLSTATE never reached the server, or its answer never reached us.
  const hasFailedThere = description.sqlstate !== null && !description.sqlstate.startsWith('08');
  return new DatabaseError(hasFailedThere ? 'statement-failed' : 'connection-failed', description);
}

function ruleOf(code: DatabaseErrorCode, { sqlstate, errno }: DatabaseErrorDescription): RetryRule {
  if (code === 'connection-failed') {
    // `pg` reports some broken connections by words only ("Connection terminated unexpectedly").
    const rule = retryRuleFor(sqlstate ?? errno);
    return rule.kind === 'fault' && sqlstate === null ? retryRuleFor('08006') : rule;
  }
  return retryRuleFor(sqlstate ?? errno);
}

function textAt(error: Error, key: string): string | null {
  const value: unknown = Object.entries(error).find(([name]) => name === key)?.[1];
  return typeof value === 'string' ? value : null;
}
