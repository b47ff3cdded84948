import type { Queryable } from '@liaison/postgres';
import { quoteIdentifier } from '@liaison/postgres';

/**
 * A table whose rows are multiplied, in an order that no reference minds, and what becomes of single columns. In expressions
 * `t` is the row of the original, `k` the number of the copy, `bench.moved` an id moved back in time by it, and
 * `bench.back(k)` that time. Content is cut: it is never read in what is measured, and would fill the disk.
 */
export interface ClonedTable {
  readonly name: string;
  readonly columns: Readonly<Record<string, string>>;
}

const metAt = 'coalesce(t.closed_at, t.due_at) - bench.back(k)';

/** All but the ledger's leaves, which have to become a log. */
export const clonedTables: readonly ClonedTable[] = [
  {
    name: 'hub.referral',
    columns: {
      provider_reference: `t.provider_reference || '-' || k`,
      // Of what is old most has come to its end.
      state: `case when t.state = 'forwarded' and k % 5 <> 0 then 'closed' else t.state end`,
    },
  },
  { name: 'hub.submission_receipt', columns: { jws: 'left(t.jws, 300)' } },
  { name: 'content.message', columns: { sealed: 'substring(t.sealed for 300)' } },
  { name: 'vault.content_key', columns: {} },
  { name: 'hub.provider_event', columns: {} },
  { name: 'hub.decision', columns: {} },
  { name: 'hub.notice', columns: {} },
  {
    name: 'hub.dispatch',
    columns: { answer: `case when k % 5 <> 0 then 'closed' else 'acknowledged' end`, answer_sequence: '1' },
  },
  { name: 'hub.parcel', columns: { digest: `t.digest || '.' || k` } },
  { name: 'hub.feedback', columns: {} },
  {
    name: 'hub.deadline',
    columns: { state: `case t.state when 'open' then 'met' else t.state end`, closed_at: metAt },
  },
  { name: 'ledger.opening', columns: {} },
];

interface ColumnRow {
  readonly name: string;
  readonly type: string;
}

async function readColumns(database: Queryable, table: string): Promise<readonly ColumnRow[]> {
  const { rows } = await database.query<ColumnRow>(
    `select attname as name, format_type(atttypid, null) as type from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
    [table],
  );
  return rows;
}

function valueOf({ name, type }: ColumnRow): string {
  const column = `t.${quoteIdentifier(name)}`;
  switch (type) {
    case 'uuid':
      return `bench.moved(${column}, k)`;
    case 'uuid[]':
      return `array(select bench.moved(u, k) from unnest(${column}) as u)`;
    case 'timestamp with time zone':
      return `${column} - bench.back(k)`;
    default:
      return column;
  }
}

/** Where originals wait: rows as they were before the first copy was made. */
export function originalOf(table: string): string {
  return `bench.${quoteIdentifier(table.replace('.', '_'))}`;
}

/** The statement that adds the copies of a table from number $1 down to number $2, the oldest first. */
export async function cloneStatementOf(database: Queryable, table: ClonedTable): Promise<string> {
  const columns = await readColumns(database, table.name);
  const names = columns.map(({ name }) => quoteIdentifier(name)).join(', ');
  const values = columns.map((column) => table.columns[column.name] ?? valueOf(column)).join(', ');
  return `insert into ${table.name} (${names}) select ${values}
    from generate_series($1::bigint, $2::bigint, -1) as k cross join ${originalOf(table.name)} as t`;
}
