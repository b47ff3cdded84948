import { createHash } from 'node:crypto';

import type { Queryable } from './queryable.ts';
import { quoteIdentifier } from './quote.ts';

/** Rows for one table. */
export interface RowsToInsert {
  /** Qualified and trusted. */
  readonly table: string;
  /** Columns and their types, in the order of a row's values. */
  readonly columns: Readonly<Record<string, string>>;
  /** A value for each column; of a column of arrays the text that `toArrayText` makes. */
  readonly rows: readonly (readonly unknown[])[];
  /** Leaves a row aside that is there already; default: an error. */
  readonly skipExisting?: boolean;
}

/** PostgreSQL wants arrays of arrays to be of one length; a column of arrays travels as text and is cast there. */
function parameterType(type: string): string {
  return type.endsWith('[]') ? 'text' : type;
}

/** The text form of an array of codes or ids, which hold nothing that would need quoting. */
export function toArrayText(codes: readonly string[]): string {
  return `{${codes.join(',')}}`;
}

function toStatement(insert: RowsToInsert, firstParameter: number): string {
  const columns = Object.entries(insert.columns).map(([name, type]) => ({
    name: quoteIdentifier(name),
    type,
  }));
  const names = columns.map(({ name }) => name).join(', ');
  const values = columns.map(({ name, type }) => `${name}::${type}`).join(', ');
  const arrays = columns
    .map(({ type }, index) => `$${firstParameter + index}::${parameterType(type)}[]`)
    .join(', ');
  const conflict = insert.skipExisting === true ? ' on conflict do nothing' : '';
  return `insert into ${insert.table} (${names}) select ${values} from unnest(${arrays}) as row (${names})${conflict}`;
}

/**
 * Inserts rows into several tables with one statement, whatever their number: each round trip costs more than many rows.
 * What refers to what may stand in any order, references are checked when the statement ends.
 * @param options `notify`: channels to announce on in the same statement.
 * @throws DatabaseError
 */
export async function insertRows(
  tx: Queryable,
  inserts: readonly RowsToInsert[],
  options: { readonly notify?: readonly string[] } = {},
): Promise<void> {
  const filled = inserts.filter(({ rows }) => rows.length > 0);
  const notify = options.notify ?? [];
  if (filled.length === 0 && notify.length === 0) return;
  const values: unknown[] = [];
  const parts = filled.map((insert, index) => {
    const statement = toStatement(insert, values.length + 1);
    const width = Object.keys(insert.columns).length;
    for (let column = 0; column < width; column += 1) values.push(insert.rows.map((row) => row[column]));
    return `part${index} as (${statement})`;
  });
  const announcements = notify.map((channel) => `pg_notify('${channel}', '')`);
  const with_ = parts.length === 0 ? '' : `with ${parts.join(', ')} `;
  const text = `${with_}select ${announcements.length === 0 ? '1' : announcements.join(', ')}`;
  // Names of prepared statements have at most 63 characters.
  const name = `insert-${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
  await tx.query({ name, text, values });
}
