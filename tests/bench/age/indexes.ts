import type { Queryable } from '@liaison/postgres';

/** Drops what can be built faster afterwards: indexes that keep nothing unique. @returns the statements that build them. */
export async function dropSecondaryIndexes(
  database: Queryable,
  tables: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await database.query<{ name: string; definition: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
     from pg_index i where i.indrelid = any($1::text[]::regclass[]) and not i.indisunique and not i.indisprimary`,
    [tables],
  );
  for (const { name } of rows) await database.query(`drop index ${name}`);
  return rows.map(({ definition }) => definition);
}

/** Makes triggers of ours fire although references are not checked, or as they were before. */
export async function fireTriggers(database: Queryable, when: 'always' | 'usually'): Promise<void> {
  const { rows } = await database.query<{ relation: string; name: string }>(
    `select tgrelid::regclass::text as relation, quote_ident(tgname) as name from pg_trigger
     where not tgisinternal and tgparentid = 0`,
  );
  for (const { relation, name } of rows) {
    await database.query(
      `alter table ${relation} enable ${when === 'always' ? 'always ' : ''}trigger ${name}`,
    );
  }
}
