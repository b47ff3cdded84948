import type { Queryable } from '@liaison/postgres';
import { formatUtc } from '@liaison/service';
import type { OpenedDispatch } from '../inbox/open-parcel.ts';

/** Stores a dispatch. @returns false where its id was stored before. */
export async function insertDispatch(tx: Queryable, opened: OpenedDispatch, nowMs: number): Promise<boolean> {
  const { dispatch } = opened;
  const { urgency } = dispatch;
  const { rowCount } = await tx.query({
    name: 'inbox-insert-dispatch',
    text: `insert into inbox.dispatch (id, referral_id, kind, "sequence", in_reply_to, urgent, sender_id, policy_version,
        digest, jws, sender_key_revoked_since, accepted_at, received_at, state)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'new')
      on conflict (id) do nothing`,
    values: [
      opened.id,
      dispatch.referralId,
      dispatch.kind,
      dispatch.sequence,
      dispatch.inReplyTo,
      urgency.claimed || urgency.hub === true,
      dispatch.sender.participantId,
      dispatch.policyVersion,
      opened.digest,
      opened.jws,
      opened.senderKeyRevokedSince,
      dispatch.acceptedAt,
      formatUtc(nowMs),
    ],
  });
  return rowCount > 0;
}

/** The digest under which a dispatch was stored. */
export async function readDispatchDigest(tx: Queryable, id: string): Promise<string | null> {
  const { rows } = await tx.query<{ digest: string }>('select digest from inbox.dispatch where id = $1', [
    id,
  ]);
  return rows[0]?.digest ?? null;
}
