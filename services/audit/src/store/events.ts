import type { Queryable } from '@liaison/postgres';

/** An event of a referral, with its opening unless that was erased. */
export interface FoundEvent {
  readonly referralId: string;
  readonly eventId: string;
  /** Null until it is sequenced. */
  readonly position: number | null;
  readonly leaf: Uint8Array;
  readonly salt: Uint8Array | null;
  readonly details: string | null;
}

/** All events of these referrals in the order of the ledger, those that wait for their position last. */
export async function readEvents(
  tx: Queryable,
  referralIds: readonly string[],
): Promise<readonly FoundEvent[]> {
  const { rows } = await tx.query<FoundEvent>({
    name: 'audit-read-events',
    text: `
      select e.referral_id as "referralId", e.event_id as "eventId", e."position", e.leaf, o.salt, o.details
      from (
        select referral_id, event_id, "position", null::bigint as pending_id, leaf
        from ledger.leaf where referral_id = any($1)
        union all
        select referral_id, event_id, null, id, leaf from ledger.pending where referral_id = any($1)) e
      left join ledger.opening o on o.event_id = e.event_id
      order by e."position" nulls last, e.pending_id`,
    values: [referralIds],
  });
  return rows;
}
