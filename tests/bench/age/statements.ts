import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Database, Queryable } from '@liaison/postgres';
import { readPlans, type ExplainedStatement } from './plans.ts';

/** What a statement cost, on average. */
export interface StatementCost {
  readonly text: string;
  readonly calls: number;
  readonly meanMs: number;
  /** Pages of 8 kB looked at by one call: what a call does, whatever else the machine does. */
  readonly pagesPerCall: number;
}

/** Forgets what statements have cost so far, and how often tables were scanned. */
export async function forgetStatements(hub: Queryable): Promise<void> {
  await hub.query('select pg_stat_statements_reset(), pg_stat_reset()');
}

/** What the statements of this database have cost since then, most time first. */
export async function readStatements(hub: Queryable): Promise<readonly StatementCost[]> {
  const { rows } = await hub.query<{ text: string; calls: number; mean_ms: number; pages: number }>(
    `select query as text, calls::float8 as calls, mean_exec_time as mean_ms,
       (shared_blks_hit + shared_blks_read)::float8 / calls as pages
     from pg_stat_statements
     where dbid = (select oid from pg_database where datname = current_database())
     order by total_exec_time desc limit 80`,
  );
  return rows.map(({ text, calls, mean_ms: meanMs, pages }) => ({
    text: text.replaceAll(/\s+/g, ' ').trim(),
    calls,
    meanMs: Math.round(meanMs * 1000) / 1000,
    pagesPerCall: Math.round(pages * 10) / 10,
  }));
}

/** Scans from beginning to end of the tables that are big, since then. */
export interface TableScans {
  readonly table: string;
  readonly scans: number;
  readonly rowsRead: number;
}

/** Tables with more rows than this grow with age. */
const bigRows = 1_500;

/** Names of the big tables. */
export async function readBigTables(hub: Queryable): Promise<string[]> {
  const { rows } = await hub.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and c.reltuples > $1 and n.nspname not in ('pg_catalog', 'information_schema')
     order by 1`,
    [bigRows],
  );
  return rows.map(({ name }) => name);
}

/** Sequential scans of these tables since statistics were forgotten. */
export async function readTableScans(
  hub: Queryable,
  tables: readonly string[],
): Promise<readonly TableScans[]> {
  const { rows } = await hub.query<TableScans>(
    `select schemaname || '.' || relname as "table", seq_scan as scans, seq_tup_read as "rowsRead"
     from pg_stat_user_tables where relname = any($1) and seq_scan > 0 order by 1`,
    [tables],
  );
  return rows;
}

async function setExplaining(hub: Database, on: boolean): Promise<void> {
  const settings = {
    'auto_explain.log_min_duration': on ? '0' : '-1',
    'auto_explain.log_nested_statements': 'on',
    'auto_explain.log_format': 'json',
    'auto_explain.log_parameter_max_length': '0',
  };
  for (const [name, value] of Object.entries(settings)) {
    await hub.query(`alter system set ${name} = '${value}'`);
  }
  await hub.query('select pg_reload_conf()');
}

/** The plans that statements of all sessions have while work goes on. The server's log keeps its last 5 MB. */
export async function explainDuring(hub: Database, work: () => Promise<void>): Promise<ExplainedStatement[]> {
  const { rows } = await hub.query<{ data_directory: string }>('show data_directory');
  const log = join(rows[0]?.data_directory ?? '', '..', 'postgresql.log');
  await setExplaining(hub, true);
  try {
    await work();
  } finally {
    await setExplaining(hub, false);
  }
  const statements = new Map<string, ExplainedStatement>();
  for (const file of [`${log}.1`, log]) {
    if ((await stat(file).catch(() => null)) === null) continue;
    const lines: string[] = [];
    for await (const line of createInterface({ input: createReadStream(file) })) lines.push(line);
    for (const one of readPlans(lines)) statements.set(`${one.text}\n${one.scans.join()}`, one);
  }
  return [...statements.values()];
}
