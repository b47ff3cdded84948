import type { Queryable } from '@liaison/postgres';

/** Any number that nothing else in this database locks. */
const lockKey = 6_962_209_001;
/** A sequencer that waits for longer asks again, so that one that is told to stop can. */
const waitMs = 2_000;

/**
 * Makes this transaction the only one that sequences, until it ends. Statements after this one see what the one before
 * it committed.
 * @throws DatabaseError of SQLSTATE 55P03, worth a retry, where another one takes long.
 */
export async function lockSequencing(tx: Queryable): Promise<void> {
  await tx.query(`set local lock_timeout = ${waitMs}; select pg_advisory_xact_lock(${lockKey})`);
}
