import type { Database } from './database.ts';
import { DatabaseError } from './database-error.ts';
import type { Log } from './log.ts';
import { readMigrations } from './migration-files.ts';
import type { MigrationFile } from './migration-files.ts';
import { quoteIdentifier } from './quote.ts';

export interface MigrateOptions {
  /** Folder of files `000001-noun.sql`, append-only. */
  readonly folder: URL;
  /** Schema, made when missing, whose table `migration` says what was applied. */
  readonly schema: string;
  readonly log: Log;
}

interface Applied {
  readonly number: number;
  readonly checksum: string;
}

/**
 * Applies what the database does not have yet, each file in a transaction of its own; any number of programs may do
 * so at once. In a file's transaction the row of the migration comes first, so that a second migrator waits there and
 * then sees that it lost.
 * @returns how many migrations this call applied
 * @throws DatabaseError `migration-misnamed`, `migration-edited`, `database-newer`, and those of
 * the statements
 */
export async function migrate(database: Database, { folder, schema, log }: MigrateOptions): Promise<number> {
  const files = await readMigrations(folder);
  const table = `${quoteIdentifier(schema)}.migration`;
  await ensureTable(database, { schema, table });
  let count = 0;
  for (;;) {
    const { rows } = await database.query<Applied>(`select number, checksum from ${table} order by number`);
    const next = findNext(files, rows);
    if (next === undefined) return count;
    if (await apply(database, { table, file: next })) {
      count += 1;
      log.info('database-migrated', { schema, migration: next.name });
    }
  }
}

/** The first file that was not applied, once all that were applied are known to be unchanged. */
function findNext(files: readonly MigrationFile[], applied: readonly Applied[]): MigrationFile | undefined {
  for (const [index, { number, checksum }] of applied.entries()) {
    const file = files[index];
    if (file === undefined) throw new DatabaseError('database-newer');
    if (file.number !== number || file.checksum !== checksum) throw new DatabaseError('migration-edited');
  }
  return files[applied.length];
}

/** Whether it was this call that applied the file. */
async function apply(
  database: Database,
  { table, file }: { table: string; file: MigrationFile },
): Promise<boolean> {
  return database.transaction(async (transaction) => {
    const { rowCount } = await transaction.query(
      `insert into ${table} (number, name, checksum) values ($1, $2, $3) on conflict do nothing`,
      [file.number, file.name, file.checksum],
    );
    if (rowCount === 0) return false;
    await transaction.query(file.sql);
    return true;
  });
}

async function ensureTable(
  database: Database,
  { schema, table }: { schema: string; table: string },
): Promise<void> {
  await database.transaction(async (transaction) => {
    // "if not exists" looks before it makes, and two may look at the same time.
    await transaction.query('select pg_advisory_xact_lock(hashtext($1))', [table]);
    await transaction.query(`
      create schema if not exists ${quoteIdentifier(schema)};
      create table if not exists ${table} (
        number integer primary key,
        name text not null,
        checksum text not null,
        applied_at timestamptz not null default now()
      );
      comment on table ${table} is 'retention: installation'`);
  });
}
