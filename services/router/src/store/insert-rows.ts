import { quoteIdentifier, type Queryable } from '@liaison/postgres';

/** Columns of a table and their types, in the order of a row's values. */
export type Columns = Readonly<Record<string, string>>;

/** Arrays of arrays must be of one length in PostgreSQL; a column of arrays travels as text and is cast there. */
function parameterType(type: string): string {
  return type.endsWith('[]') ? 'text' : type;
}

/** The text form of an array of codes, which hold nothing that would need quoting. */
export function toArrayText(codes: readonly string[]): string {
  return `{${codes.join(',')}}`;
}

/**
 * Inserts rows with one statement, whatever their number: one array for each column.
 * @param insert `table` is qualified and trusted; each row has a value for each column, of an array its text form.
 * @throws DatabaseError
 */
export async function insertRows(
  tx: Queryable,
  insert: {
    readonly table: string;
    readonly columns: Columns;
    readonly rows: readonly (readonly unknown[])[];
    readonly onConflict?: 'do nothing';
  },
): Promise<number> {
  const { table, rows, onConflict } = insert;
  if (rows.length === 0) return 0;
  const columns = Object.entries(insert.columns).map(([name, type]) => ({
    name: quoteIdentifier(name),
    type,
  }));
  const names = columns.map(({ name }) => name).join(', ');
  const values = columns.map(({ name, type }) => `${name}::${type}`).join(', ');
  const arrays = columns.map(({ type }, index) => `$${index + 1}::${parameterType(type)}[]`).join(', ');
  const conflict = onConflict === undefined ? '' : ` on conflict ${onConflict}`;
  const { rowCount } = await tx.query({
    name: `insert-${table}`,
    text: `insert into ${table} (${names}) select ${values} from unnest(${arrays}) as row (${names})${conflict}`,
    values: columns.map((_column, index) => rows.map((row) => row[index])),
  });
  return rowCount;
}
