import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { namesOf, urlOf, type RunningLocal } from '@liaison/local';
import { connect, quoteIdentifier, type Queryable } from '@liaison/postgres';
import { silentLog } from '@liaison/service';
import type { ByteSearch } from './byte-search.ts';

/** Works with one database of a running Liaison as its administrator. */
export async function withDatabase<T>(
  local: RunningLocal,
  name: string,
  work: (database: Queryable) => Promise<T>,
): Promise<T> {
  const database = connect({
    url: urlOf(local.server, name),
    applicationName: 'test',
    maxConnections: 1,
    log: silentLog,
  });
  try {
    return await work(database);
  } finally {
    await database.end();
  }
}

/** The folder of the whole server, with its write-ahead log; PostgreSQL's own log lies beside it. */
export async function serverFolderOf(local: RunningLocal): Promise<string> {
  return withDatabase(local, namesOf(local.installation).hubDatabase, async (database) => {
    const { rows } = await database.query<{ data_directory: string }>('show data_directory');
    return join(rows[0]?.data_directory ?? '', '..');
  });
}

/** The folders of databases, relative to the server's. */
export async function foldersOf(local: RunningLocal, names: readonly string[]): Promise<string[]> {
  return withDatabase(local, namesOf(local.installation).hubDatabase, async (database) => {
    const { rows } = await database.query<{ folder: string }>(
      `select 'data/base/' || oid as folder from pg_database where datname = any($1)`,
      [names],
    );
    return rows.map(({ folder }) => folder);
  });
}

/** Names of the databases that belong to authorities. */
export function authorityDatabasesOf({ installation }: RunningLocal): string[] {
  const { inboxDatabase } = namesOf(installation);
  return installation.contactPoints.map(({ participant }) => inboxDatabase(participant.id));
}

/** What was found in files, as `name in file`, and how many bytes were looked at. */
export interface FileFindings {
  readonly found: readonly string[];
  readonly names: ReadonlySet<string>;
  readonly bytes: number;
}

function readIfThere(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    // A running server removes files at any time.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}

/** Looks into every file of a folder, but those below what is left out. */
export function searchFiles(
  folder: string,
  search: ByteSearch,
  leftOut: readonly string[] = [],
): FileFindings {
  const found: string[] = [];
  const names = new Set<string>();
  let bytes = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    const place = relative(folder, file);
    if (!entry.isFile() || leftOut.some((one) => place.startsWith(`${one}/`))) continue;
    const content = readIfThere(file);
    bytes += content.length;
    for (const name of search.find(content)) {
      names.add(name);
      found.push(`${name} in ${place}`);
    }
  }
  return { found: found.sort(), names, bytes };
}

/** Looks into every row of every table of a database: what is compressed in a file is plain here. */
export async function searchRows(
  local: RunningLocal,
  name: string,
  search: ByteSearch,
): Promise<readonly string[]> {
  return withDatabase(local, name, async (database) => {
    const { rows: tables } = await database.query<{ schema: string; name: string }>(
      `select schemaname as schema, tablename as name from pg_tables
       where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    const found: string[] = [];
    for (const table of tables) {
      const qualified = `${quoteIdentifier(table.schema)}.${quoteIdentifier(table.name)}`;
      const { rows } = await database.query<{ text: string }>(`select t::text as text from ${qualified} t`);
      for (const { text } of rows) {
        const bytea = [...text.matchAll(/\\x([0-9a-f]+)/g)].map((match) =>
          Buffer.from(match[1] ?? '', 'hex'),
        );
        for (const content of [Buffer.from(text), ...bytea]) {
          for (const value of search.find(content)) found.push(`${value} in ${qualified}`);
        }
      }
    }
    return [...new Set(found)].sort();
  });
}
