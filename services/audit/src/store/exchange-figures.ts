import type { Queryable } from '@liaison/postgres';

/** Since when an addressee has not receipted its oldest dispatch; null where there is none. RFC 3339. */
export interface Undelivered {
  readonly addressee: string;
  readonly oldestAt: string | null;
  readonly oldestUrgentAt: string | null;
}

/** The oldest dispatch without a receipt of every addressee: two looks into an index for each. */
export async function readUndelivered(database: Queryable): Promise<readonly Undelivered[]> {
  const { rows } = await database.query<Undelivered>({
    name: 'audit-read-undelivered',
    text: `select addressee_id as addressee, oldest_at as "oldestAt", oldest_urgent_at as "oldestUrgentAt"
      from audit.undelivered`,
  });
  return rows;
}

/** Dispatches of one addressee in one state. */
export interface AddresseeCount {
  readonly addressee: string;
  readonly state: string;
  readonly count: number;
}

/** How many dispatches are in which state, from the figures that the dashboard keeps. */
export async function countByAddressee(database: Queryable): Promise<readonly AddresseeCount[]> {
  const { rows } = await database.query<AddresseeCount>({
    name: 'audit-count-by-addressee',
    text: `select addressee_id as addressee, state, sum(count)::bigint as count
      from audit.volumes where subject = 'dispatch' group by addressee_id, state`,
  });
  return rows;
}

/** Alarms that stand, by code. */
export async function countOpenAlarms(
  database: Queryable,
): Promise<readonly { readonly code: string; readonly count: number }[]> {
  const { rows } = await database.query<{ code: string; count: number }>({
    name: 'audit-count-open-alarms',
    text: 'select code, count(*) as count from audit.alarm where cleared_at is null group by code',
  });
  return rows;
}
