import type { Queryable } from '@liaison/postgres';

/** An event that has no position yet. */
export interface PendingEvent {
  readonly eventId: string;
  readonly referralId: string | null;
  readonly audience: string | null;
  readonly leaf: Uint8Array;
}

/** Takes up to `limit` events away, oldest id first; those of transactions that commit later come later. */
export async function takePending(tx: Queryable, limit: number): Promise<readonly PendingEvent[]> {
  const { rows } = await tx.query<PendingEvent>({
    name: 'audit-take-pending',
    text: `
      with taken as (
        delete from ledger.pending where id = any(array(select id from ledger.pending order by id limit $1))
        returning id, event_id, referral_id, audience, leaf)
      select event_id as "eventId", referral_id as "referralId", audience, leaf from taken order by id`,
    values: [limit],
  });
  return rows;
}

/** How many events wait for their position. */
export async function countPending(database: Queryable): Promise<number> {
  const { rows } = await database.query<{ count: number }>('select count(*) as count from ledger.pending');
  return rows[0]?.count ?? 0;
}
