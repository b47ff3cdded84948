import type { ContentCipher } from '@liaison/hub-database';
import type { Queryable } from '@liaison/postgres';
import { codesOf } from '@liaison/service';
import { openContent, type SealedContent } from './open-content.ts';

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

/** A referral that cannot be decided, and by which codes. */
export interface UndecidedReferral {
  readonly id: string;
  readonly senderId: string;
  readonly codes: readonly string[];
}

/** Referrals that were claimed; what does not open is told apart, so that it stops no other. */
export interface ClaimedReferrals {
  readonly waiting: readonly WaitingReferral[];
  readonly unreadable: readonly UndecidedReferral[];
}

/** Which referrals: those never tried, or those that could not be decided before. */
export type ReferralQueue = 'new' | 'undecided';

interface Row extends SealedContent {
  readonly id: string;
  readonly sender_id: string;
  readonly sender_kind: string;
  readonly urgent: boolean;
  readonly accepted_at: string;
  readonly related_to: string | null;
}

function undecidedAlarm(referral: string): string {
  return `exists (select from hub.alarm a where a.code = 'referralUndecided' and a.cleared_at is null
    and a.participant_id = ${referral}.sender_id and a.subject_id = ${referral}.id::text)`;
}

// One that is related to another waits until the other has been decided, unless that one could not be.
const selectSql = `
  select r.id, r.sender_id, r.sender_kind, r.urgent, r.accepted_at, r.related_to, m.sealed,
    k.wrapping_key_id, k.wrapped
  from hub.referral r
  left join content.message m on m.message_id = r.id
  left join vault.content_key k on k.referral_id = r.id
  where r.state = 'accepted' and r.erased_at is null
    and not exists (select from hub.referral e where e.id = r.related_to and e.state = 'accepted'
      and e.erased_at is null and not ${undecidedAlarm('e')})`;

const claimSql: Readonly<Record<ReferralQueue, string>> = {
  new: `${selectSql} and not ${undecidedAlarm('r')}
    order by r.urgent desc, r.accepted_at limit $1 for update of r skip locked`,
  // In any order: what cannot be decided now either must not stand before what can.
  undecided: `${selectSql} and r.id in (
      select a.subject_id::uuid from hub.alarm a
      where a.code = 'referralUndecided' and a.cleared_at is null order by random() limit $1)
    for update of r skip locked`,
};

/** Claims referrals to decide, urgent first; they are free again when the transaction ends. */
export async function claimReferrals(
  tx: Queryable,
  cipher: ContentCipher,
  claim: { readonly queue: ReferralQueue; readonly limit: number },
): Promise<ClaimedReferrals> {
  const { queue, limit } = claim;
  const { rows } = await tx.query<Row>({
    name: `claim-referrals-${queue}`,
    text: claimSql[queue],
    values: [limit],
  });
  const waiting: WaitingReferral[] = [];
  const unreadable: UndecidedReferral[] = [];
  for (const row of rows) {
    const { id, sender_id: senderId } = row;
    try {
      const { contentKey, text } = openContent(cipher, id, row);
      waiting.push({
        id,
        senderId,
        senderKind: row.sender_kind,
        urgent: row.urgent,
        acceptedAt: row.accepted_at,
        relatedTo: row.related_to,
        contentKey,
        jws: text,
      });
    } catch (error) {
      unreadable.push({ id, senderId, codes: codesOf(error) });
    }
  }
  return { waiting, unreadable };
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
