import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startDatabase } from '@liaison/embedded-database';
import { namesOf, urlOf, type Installation } from '@liaison/local';
import { connect, type Database } from '@liaison/postgres';
import { silentLog } from '@liaison/service';
import { withCleanUp } from '../local/clean-up.ts';
import type { Report } from '../report.ts';
import { cloneLeavesSql, prepareLeaves, rebuildTree } from './clone-ledger.ts';
import { clonedTables, cloneStatementOf, originalOf } from './cloned-tables.ts';
import { dropSecondaryIndexes, fireTriggers } from './indexes.ts';

/** What was made. */
export interface GrownDatabase {
  readonly referrals: number;
  readonly ledgerSize: number;
  readonly bytes: number;
  readonly tookSeconds: number;
}

/** Nothing here survives a crash, and need not: it is thrown away after the bench. */
const bulkSettings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: 0,
  max_wal_size: '8GB',
  checkpoint_timeout: '1h',
  autovacuum: 'off',
  shared_buffers: '1GB',
  maintenance_work_mem: '512MB',
  work_mem: '64MB',
  track_commit_timestamp: 'on',
};

/** Between a copy and the next older one: a thousand referrals a day and more, over a year where there are a million. */
const stepMs = 15_768_000;
/** Bounds what one statement holds. */
const referralsAtOnce = 50_000;

async function prepareOriginals(database: Database): Promise<void> {
  await database.query(`
    create schema bench;
    create function bench.back(k bigint) returns interval language sql immutable parallel safe as
      $$ select make_interval(secs => k * ${stepMs / 1000}.0) $$;
    -- The first 48 bits of a UUIDv7 are its time: moving those alone keeps it one, and unique.
    create function bench.moved(id uuid, k bigint) returns uuid language sql immutable parallel safe as
      $$ select encode(overlay(uuid_send(id) placing substring(int8send(
        ('x' || encode(substring(uuid_send(id) from 1 for 6), 'hex'))::bit(48)::bigint - k * ${stepMs}
      ) from 3 for 6) from 1 for 6), 'hex')::uuid $$`);
  // Authorities have answered what is old.
  await database.query(`
    insert into hub.feedback (id, referral_id, dispatch_id, sender_id, "sequence", kind, digest, effective, received_at)
    select bench.moved(d.id, -1), d.referral_id, d.id, d.addressee_id, 1, 'acknowledged', d.digest, true, now()
    from hub.dispatch d where not exists (select from hub.feedback f where f.dispatch_id = d.id)`);
  for (const { name } of clonedTables) {
    await database.query(`create table ${originalOf(name)} as select * from ${name}`);
  }
  await prepareLeaves(database);
}

interface Chunk {
  readonly from: number;
  readonly to: number;
}

/** Numbers of copies, oldest and highest first, in parts. */
function chunksOf(copies: number, originals: number): Chunk[] {
  const size = Math.max(1, Math.floor(referralsAtOnce / originals));
  const chunks: Chunk[] = [];
  for (let from = copies; from >= 1; from -= size) chunks.push({ from, to: Math.max(1, from - size + 1) });
  return chunks;
}

async function cloneRows(open: () => Database, chunks: readonly Chunk[], report: Report): Promise<void> {
  const leaves = async (database: Database): Promise<void> => {
    for (const { from, to } of chunks) await database.query(cloneLeavesSql, [from, to]);
  };
  const others = async (database: Database): Promise<void> => {
    const statements: string[] = [];
    for (const table of clonedTables) statements.push(await cloneStatementOf(database, table));
    for (const [index, { from, to }] of chunks.entries()) {
      for (const statement of statements) await database.query(statement, [from, to]);
      if (index % 5 === 4) report.line(`    ${index + 1} of ${chunks.length} parts`);
    }
  };
  await Promise.all(
    [leaves, others].map(async (work) => {
      const database = open();
      try {
        // References hold: the originals' do. Checking each again would take longer than all the rest.
        await database.query(`set session_replication_role = 'replica'`);
        await work(database);
      } finally {
        await database.end();
      }
    }),
  );
}

async function grow(
  open: () => Database,
  size: number,
  context: { installation: Installation; report: Report },
) {
  const { installation, report } = context;
  const database = open();
  try {
    await prepareOriginals(database);
    const { rows } = await database.query<{ count: number }>('select count(*) as count from hub.referral');
    const originals = rows[0]?.count ?? 0;
    const copies = Math.max(0, Math.round(size / originals) - 1);
    const tables = [...clonedTables.map(({ name }) => name), 'ledger.leaf', 'ledger.node'];
    const indexes = await dropSecondaryIndexes(database, tables);
    await fireTriggers(database, 'always');
    await cloneRows(open, chunksOf(copies, originals), report);
    await fireTriggers(database, 'usually');
    report.line('    tree, indexes, statistics');
    const ledgerSize = await rebuildTree(database, installation);
    for (const definition of indexes) await database.query(definition);
    await database.query('drop schema bench cascade');
    await database.query('vacuum (analyze)');
    await database.query('create extension if not exists pg_stat_statements');
    const measured = await database.query<{ bytes: number }>(
      'select pg_database_size(current_database()) as bytes',
    );
    return { referrals: originals * (copies + 1), ledgerSize, bytes: measured.rows[0]?.bytes ?? 0 };
  } finally {
    await database.end();
  }
}

/**
 * Multiplies the referrals that a stopped Liaison has gone through, with all that belongs to each and with a log that
 * verifies, straight in its tables; and makes its server tell of statements and plans from now on.
 */
export async function growDatabase(folder: string, size: number, report: Report): Promise<GrownDatabase> {
  const beganMs = performance.now();
  const installation = JSON.parse(
    readFileSync(join(folder, 'data', 'keys', 'installation.json'), 'utf8'),
  ) as Installation;
  const server = await startDatabase({
    folder: join(folder, 'data', 'database'),
    log: silentLog,
    settings: bulkSettings,
  });
  const stop = async (): Promise<void> => {
    await server.stop({ graceMs: 120_000 });
    // What was written without waiting for the disk is on it before anything is measured.
    execFileSync('sync');
  };
  const grown = await withCleanUp(stop, async () => {
    const { hubDatabase } = namesOf(installation);
    const open = (database = hubDatabase): Database =>
      connect({
        url: urlOf({ adminUrl: server.url }, database),
        applicationName: 'bench',
        maxConnections: 1,
        idleTimeoutMs: 0,
        queryTimeoutMs: 0,
        log: silentLog,
      });
    const admin = open('postgres');
    await admin.query(`alter system set shared_preload_libraries = 'pg_stat_statements', 'auto_explain'`);
    // What functions do counts for its own statements too.
    await admin.query(`alter system set pg_stat_statements.track = 'all'`);
    await admin.end();
    return grow(open, size, { installation, report });
  });
  return { ...grown, tookSeconds: Math.round((performance.now() - beganMs) / 1000) };
}
