import type { Queryable } from '@liaison/postgres';
import type { PendingEvent } from './pending.ts';

/** An event with its place in the log. */
export interface PlacedEvent extends PendingEvent {
  readonly position: number;
  readonly leafHash: Uint8Array;
}

/** Adds events to the log. */
export async function insertLeaves(tx: Queryable, events: readonly PlacedEvent[]): Promise<void> {
  await tx.query({
    name: 'audit-insert-leaves',
    text: `
      insert into ledger.leaf ("position", event_id, referral_id, audience, leaf, leaf_hash)
      select * from unnest($1::bigint[], $2::uuid[], $3::uuid[], $4::text[], $5::bytea[], $6::bytea[])`,
    values: [
      events.map(({ position }) => position),
      events.map(({ eventId }) => eventId),
      events.map(({ referralId }) => referralId),
      events.map(({ audience }) => audience),
      events.map(({ leaf }) => leaf),
      events.map(({ leafHash }) => leafHash),
    ],
  });
}

/** One more than the last position. */
export async function readLogLength(database: Queryable): Promise<number> {
  const { rows } = await database.query<{ length: number }>({
    name: 'audit-log-length',
    text: 'select coalesce(max("position") + 1, 0) as length from ledger.leaf',
  });
  return rows[0]?.length ?? 0;
}

/** The position of the leaf with this hash, of which there is one: its event's id is in it. Null where there is none. */
export async function findPosition(database: Queryable, leafHash: Uint8Array): Promise<number | null> {
  const { rows } = await database.query<{ position: number }>({
    name: 'audit-find-position',
    // No limit and no order: either would tempt the planner to walk the log by position.
    text: 'select "position" from ledger.leaf where leaf_hash = $1',
    values: [leafHash],
  });
  return rows[0]?.position ?? null;
}

/** A leaf as it is exported. */
export interface StoredLeaf {
  readonly position: number;
  readonly leaf: Buffer;
}

/** Leaves from position `from` (included) to `to` (excluded), in order. */
export async function readLeaves(
  database: Queryable,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<readonly StoredLeaf[]> {
  const { rows } = await database.query<StoredLeaf>({
    name: 'audit-read-leaves',
    text: `select "position", leaf from ledger.leaf where "position" >= $1 and "position" < $2 order by "position"`,
    values: [from, to],
  });
  return rows;
}
