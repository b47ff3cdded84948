import type pg from 'pg';

import { encodeByteaArray, isArrayOfBytes } from './bytea-array.ts';
import { toDatabaseError } from './database-error.ts';

/** A statement that is prepared once per connection under its name: for the few that run thousands of times. */
export interface NamedStatement {
  readonly name: string;
  readonly text: string;
  readonly values?: readonly unknown[];
}

export interface QueryResult<Row> {
  readonly rows: readonly Row[];
  /** Rows read or written. */
  readonly rowCount: number;
}

export interface Queryable {
  /** @throws DatabaseError */
  query<Row extends object = Record<string, unknown>>(
    statement: string | NamedStatement,
    values?: readonly unknown[],
  ): Promise<QueryResult<Row>>;
}

/** @throws DatabaseError */
export async function runStatement<Row extends object>(
  target: pg.Pool | pg.ClientBase,
  statement: string | NamedStatement,
  values: readonly unknown[] | undefined,
): Promise<QueryResult<Row>> {
  const config = typeof statement === 'string' ? { text: statement, values } : statement;
  const parameters = (values ?? config.values ?? []).map((value) =>
    isArrayOfBytes(value) ? encodeByteaArray(value) : value,
  );
  try {
    const { rows, rowCount } = await target.query<Row>({ ...config, values: parameters });
    return { rows, rowCount: rowCount ?? 0 };
  } catch (error) {
    throw toDatabaseError(error);
  }
}
