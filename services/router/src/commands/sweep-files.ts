import { DatabaseError, type Database, type Sleep } from '@liaison/postgres';

/** What an erasure could not remove from files, and what an operator has to do about it. */
export const traceMeanings = {
  'old-snapshot':
    'A transaction that is older than the erasure still runs, so the server keeps the row: erase again when it has ended.',
  'pages-not-rewritten':
    'This login may not rewrite the table: its owner has to run VACUUM FULL on the partitions of vault.content_key, then erase again.',
  'log-not-checked':
    'This login may not see or move the write-ahead log: a superuser has to run CHECKPOINT, SELECT pg_switch_wal(), CHECKPOINT.',
  'log-kept':
    'The server keeps older write-ahead log (a replication slot, an archiver, wal_keep_size): let go of it, then erase again.',
  'log-recycled':
    'The server uses files of the write-ahead log again as they are (wal_recycle is on): the bytes go when they are written over.',
  'answers-in-exchange':
    'Answers of authorities lie in the exchange, sealed to the hub, until its retention ends: delete those records there.',
} as const;

export type RemainingTrace = keyof typeof traceMeanings;

const pollMs = 50;
const maxPolls = 200;

const permissionDenied = '42501';

async function isOlderRunning(database: Database, boundary: string): Promise<boolean> {
  const { rows } = await database.query<{ older: boolean }>(
    `select exists (
        select from pg_stat_activity
        where pid <> pg_backend_pid() and (datname = current_database() or datname is null)
          and (age(backend_xmin) > age($1::xid) or age(backend_xid) > age($1::xid)))
      or exists (select from pg_prepared_xacts
        where database = current_database() and age(transaction) > age($1::xid))
      or exists (select from pg_replication_slots where age(xmin) > age($1::xid)) as older`,
    [boundary],
  );
  return rows[0]?.older === true;
}

/** Waits until nobody can see a row any more that is deleted now; rewriting a table would copy it. */
async function outlastSnapshots(database: Database, sleep: Sleep): Promise<boolean> {
  const { rows } = await database.query<{ boundary: string }>(
    'select pg_snapshot_xmax(pg_current_snapshot())::xid::text as boundary',
  );
  const boundary = rows[0]?.boundary ?? '0';
  for (let poll = 0; poll < maxPolls; poll += 1) {
    if (!(await isOlderRunning(database, boundary))) return true;
    await sleep(pollMs);
  }
  return false;
}

async function fileOf(database: Database, table: string): Promise<number | null> {
  const { rows } = await database.query<{ file: number | null }>(
    'select pg_relation_filenode($1::regclass)::bigint as file',
    [table],
  );
  return rows[0]?.file ?? null;
}

/**
 * Rewrites a table, so that its files hold live rows only: deleting a row leaves its bytes in its page.
 * @param table qualified and trusted.
 * @throws DatabaseError
 */
export async function rewriteTable(
  database: Database,
  table: string,
  sleep: Sleep,
): Promise<RemainingTrace[]> {
  const unseen = await outlastSnapshots(database, sleep);
  const before = await fileOf(database, table);
  try {
    await database.query(`vacuum full ${table}`);
  } catch (error) {
    if (!isDenied(error)) throw error;
  }
  // A login that may not do it gets a warning from the server, and no error.
  if ((await fileOf(database, table)) === before) return ['pages-not-rewritten'];
  return unseen ? [] : ['old-snapshot'];
}

/**
 * Lets go of the write-ahead log up to now, which holds images of pages as they were, and looks whether it is gone.
 * @throws DatabaseError
 */
export async function dropLog(database: Database): Promise<RemainingTrace[]> {
  try {
    const { rows } = await database.query<{ last: string; recycled: boolean }>(
      `select pg_walfile_name(pg_current_wal_insert_lsn()) as last,
        current_setting('wal_recycle')::boolean as recycled`,
    );
    const { last = '', recycled = true } = rows[0] ?? {};
    await database.query('checkpoint');
    await database.query('select pg_switch_wal()');
    await database.query('checkpoint');
    const { rows: kept } = await database.query(
      `select from pg_ls_waldir() where name ~ '^[0-9A-F]{24}$' and name <= $1`,
      [last],
    );
    return [
      ...(kept.length > 0 ? (['log-kept'] as const) : []),
      ...(recycled ? (['log-recycled'] as const) : []),
    ];
  } catch (error) {
    if (isDenied(error)) return ['log-not-checked'];
    throw error;
  }
}

function isDenied(error: unknown): boolean {
  return error instanceof DatabaseError && error.sqlstate === permissionDenied;
}
