/** What to do about a failed statement: try again, tell the operator, or treat it as a fault of the program. */
export type FaultKind = 'retry' | 'disk-full' | 'fault';

export interface RetryRule {
  readonly kind: FaultKind;
  readonly minDelayMs: number;
  readonly maxDelayMs: number;
}

/** Another transaction was in the way: it is over soon. */
const contention: RetryRule = { kind: 'retry', minDelayMs: 10, maxDelayMs: 1_000 };
/** The server or the way to it is gone: it comes back within seconds or minutes. */
const absence: RetryRule = { kind: 'retry', minDelayMs: 100, maxDelayMs: 5_000 };
/** The server lacks something that others hold. */
const shortage: RetryRule = { kind: 'retry', minDelayMs: 500, maxDelayMs: 15_000 };
const diskFull: RetryRule = { kind: 'disk-full', minDelayMs: 5_000, maxDelayMs: 60_000 };
const fault: RetryRule = { kind: 'fault', minDelayMs: 1_000, maxDelayMs: 30_000 };

/** Keyed by SQLSTATE (PostgreSQL, appendix A) and by the errno names that Node gives to broken connections. */
const rules: Readonly<Record<string, RetryRule>> = {
  '40001': contention, // serialization_failure
  '40P01': contention, // deadlock_detected
  '55P03': contention, // lock_not_available
  '25P03': contention, // idle_in_transaction_session_timeout
  '08000': absence, // connection_exception
  '08001': absence, // sqlclient_unable_to_establish_sqlconnection
  '08003': absence, // connection_does_not_exist
  '08004': absence, // sqlserver_rejected_establishment_of_sqlconnection
  '08006': absence, // connection_failure
  '57P01': absence, // admin_shutdown
  '57P02': absence, // crash_shutdown
  '57P03': absence, // cannot_connect_now
  '57P05': absence, // idle_session_timeout
  '25006': absence, // read_only_sql_transaction: a primary has just become a standby
  '53000': shortage, // insufficient_resources
  '53200': shortage, // out_of_memory
  '53300': shortage, // too_many_connections
  '53100': diskFull, // disk_full
  ENOSPC: diskFull,
  EAI_AGAIN: absence,
  ECONNABORTED: absence,
  ECONNREFUSED: absence,
  ECONNRESET: absence,
  EHOSTUNREACH: absence,
  ENETUNREACH: absence,
  ENOTFOUND: absence,
  EPIPE: absence,
  ETIMEDOUT: absence,
};

/**
 * The rule for a SQLSTATE or errno name; `null` stands for an error that carried neither.
 * After the table of graphile-worker (RETRYABLE_ERROR_CODES).
 */
export function retryRuleFor(code: string | null): RetryRule {
  return (code === null ? undefined : rules[code]) ?? fault;
}

/**
 * How long to wait before attempt `attempt + 1`, attempts counted from 1: doubles up to the rule's maximum, and half
 * of it is random, so that clients that failed together do not come back together.
 */
export function retryDelayMs(
  rule: RetryRule,
  { attempt, random }: { attempt: number; random: () => number },
): number {
  const ceiling = Math.min(rule.maxDelayMs, rule.minDelayMs * 2 ** Math.min(attempt - 1, 30));
  return Math.round(ceiling * (0.5 + random() / 2));
}
