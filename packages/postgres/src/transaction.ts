import type pg from 'pg';

import { DatabaseError, toDatabaseError } from './database-error.ts';
import { runStatement } from './queryable.ts';
import type { Queryable } from './queryable.ts';

export type Isolation = 'read committed' | 'repeatable read' | 'serializable';

export interface TransactionOptions {
  readonly isolation?: Isolation;
}

/** @throws DatabaseError, and whatever the work throws */
export async function runTransaction<Result>(
  pool: pg.Pool,
  work: (transaction: Queryable) => Promise<Result>,
  { isolation = 'read committed' }: TransactionOptions,
): Promise<Result> {
  const client = await pool.connect().catch((error: unknown) => {
    throw toDatabaseError(error);
  });
  let isOver = false;
  let isBroken = false;
  const transaction: Queryable = {
    async query(statement, values) {
      // Otherwise a forgotten `await` would run its statement in somebody else's transaction.
      if (isOver) throw new DatabaseError('transaction-over');
      return runStatement(client, statement, values);
    },
  };
  try {
    await runStatement(client, `begin isolation level ${isolation}`, []);
    const result = await work(transaction);
    isOver = true;
    await commit(client);
    return result;
  } catch (error) {
    isOver = true;
    isBroken = !(await rollBack(client));
    throw error;
  } finally {
    client.release(isBroken);
  }
}

/** After a failed statement that the work kept to itself the server answers COMMIT with ROLLBACK, and no error. */
async function commit(client: pg.PoolClient): Promise<void> {
  const { command } = await client.query('commit').catch((error: unknown) => {
    throw toDatabaseError(error);
  });
  if (command !== 'COMMIT') throw new DatabaseError('transaction-lost');
}

async function rollBack(client: pg.PoolClient): Promise<boolean> {
  return client.query('rollback').then(
    () => true,
    () => false,
  );
}
