import type { Decision } from '@liaison/contracts';
import type { Queryable } from '@liaison/postgres';

/** A referral with its latest decision. */
export interface FoundReferral {
  readonly id: string;
  readonly senderId: string;
  readonly providerReference: string;
  readonly acceptedAt: string;
  readonly state: string;
  readonly decision: Decision | null;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The referrals that an id of theirs, an id of one of their dispatches, or a sender's reference names; oldest first. */
export async function findReferrals(tx: Queryable, search: string): Promise<readonly FoundReferral[]> {
  const { rows } = await tx.query<FoundReferral>({
    name: 'audit-find-referrals',
    text: `
      with found as (
        select id from audit.referral where provider_reference = $1
        union select id from audit.referral where id = $2::uuid
        union select referral_id from audit.dispatch where id = $2::uuid)
      select r.id, r.sender_id as "senderId", r.provider_reference as "providerReference",
        r.accepted_at as "acceptedAt", case when r.erased_at is null then r.state else 'erased' end as state,
        (select d.document from audit.decision d where d.referral_id = r.id order by d.version desc limit 1) as decision
      from found join audit.referral r on r.id = found.id
      order by r.accepted_at, r.id`,
    values: [search, uuid.test(search) ? search : null],
  });
  return rows;
}
