import { DatabaseError } from './database-error.ts';
import type { Queryable } from './queryable.ts';

export interface ServerNeeds {
  /** Connections that this program may open at most. */
  readonly needConnections: number;
  /** Major version; default 15. */
  readonly minVersion?: number;
}

/**
 * Checks at start what would otherwise fail at some bad moment.
 * @throws DatabaseError `server-too-old`, `too-few-connections`
 */
export async function checkServer(
  database: Queryable,
  { needConnections, minVersion = 15 }: ServerNeeds,
): Promise<void> {
  // reserved_connections exists since version 16; limits of -1 mean none.
  const { rows } = await database.query<{ version: number; allowed: number }>(`
    select current_setting('server_version_num')::integer / 10000 as version,
      least(
        current_setting('max_connections')::integer
          - current_setting('superuser_reserved_connections')::integer
          - coalesce(current_setting('reserved_connections', true)::integer, 0),
        (select nullif(rolconnlimit, -1) from pg_roles where rolname = session_user),
        (select nullif(datconnlimit, -1) from pg_database where datname = current_database())
      ) as allowed`);
  const { version = 0, allowed = 0 } = rows[0] ?? {};
  if (version < minVersion) throw new DatabaseError('server-too-old');
  if (allowed < needConnections) throw new DatabaseError('too-few-connections');
}
