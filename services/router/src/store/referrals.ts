import type { ContentCipher } from '@liaison/hub-database';
import type { Queryable } from '@liaison/postgres';

/** A referral that waits for its decision. */
export interface WaitingReferral {
  readonly id: string;
  readonly senderId: string;
  readonly senderKind: string;
  readonly urgent: boolean;
  readonly acceptedAt: string;
  readonly relatedTo: string | null;
  readonly contentKey: Uint8Array;
  /** The sender's JWS. */
  readonly jws: string;
}

interface Row {
  readonly id: string;
  readonly sender_id: string;
  readonly sender_kind: string;
  readonly urgent: boolean;
  readonly accepted_at: string;
  readonly related_to: string | null;
  readonly sealed: Uint8Array;
  readonly wrapping_key_id: string;
  readonly wrapped: Uint8Array;
}

// One that is related to another waits until the other has been decided.
const claimSql = `
  select r.id, r.sender_id, r.sender_kind, r.urgent, r.accepted_at, r.related_to, m.sealed,
    k.wrapping_key_id, k.wrapped
  from hub.referral r
  join content.message m on m.message_id = r.id
  join vault.content_key k on k.referral_id = r.id
  where r.state = 'accepted' and r.erased_at is null
    and not exists (select from hub.referral e where e.id = r.related_to and e.state = 'accepted' and e.erased_at is null)
  order by r.urgent desc, r.accepted_at
  limit $1
  for update of r skip locked`;

/** Claims referrals to decide, urgent first; they are free again when the transaction ends. */
export async function claimReferrals(
  tx: Queryable,
  cipher: ContentCipher,
  limit: number,
): Promise<WaitingReferral[]> {
  const { rows } = await tx.query<Row>({ name: 'claim-referrals', text: claimSql, values: [limit] });
  return rows.map((row) => {
    const contentKey = cipher.unwrapKey({ wrappingKeyId: row.wrapping_key_id, wrapped: row.wrapped });
    return {
      id: row.id,
      senderId: row.sender_id,
      senderKind: row.sender_kind,
      urgent: row.urgent,
      acceptedAt: row.accepted_at,
      relatedTo: row.related_to,
      contentKey,
      jws: cipher.open(contentKey, row.id, row.sealed),
    };
  });
}

/** The participants to whom earlier referrals went, by the earlier referral's id. */
export async function readEarlierAddressees(
  tx: Queryable,
  referralIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (referralIds.length === 0) return new Map();
  const { rows } = await tx.query<{ referral_id: string; addressees: string[] }>(
    `select referral_id, array_agg(distinct addressee_id) as addressees
     from hub.dispatch where referral_id = any($1) group by referral_id`,
    [referralIds],
  );
  return new Map(rows.map((row) => [row.referral_id, row.addressees]));
}

/** Moves referrals on from `accepted`; each transition names the state that it expects. */
export async function markDecided(
  tx: Queryable,
  decided: readonly {
    readonly id: string;
    readonly state: 'forwarded' | 'manifestlyUnfounded';
    readonly decidedAt: string;
  }[],
): Promise<void> {
  await tx.query({
    name: 'mark-decided',
    text: `update hub.referral r set state = d.state, decided_at = d.decided_at
      from unnest($1::uuid[], $2::text[], $3::timestamptz[]) as d (id, state, decided_at)
      where r.id = d.id and r.state = 'accepted'`,
    values: [
      decided.map(({ id }) => id),
      decided.map(({ state }) => state),
      decided.map(({ decidedAt }) => decidedAt),
    ],
  });
}
