import type { ContentCipher } from '@liaison/hub-database';
import type { Queryable } from '@liaison/postgres';
import { formatUtc } from '@liaison/service';

/** Feedback as it is stored. */
export interface StoredFeedback {
  readonly id: string;
  readonly referralId: string;
  readonly dispatchId: string;
  readonly senderId: string;
  readonly sequence: number;
  readonly kind: string;
  readonly digest: string;
  readonly jws: string;
  /** Whether it had its effect: one that a later one has overtaken is kept without. */
  readonly effective: boolean;
  readonly receivedAtMs: number;
}

/** What came before under an id. */
export interface KnownFeedback {
  readonly digest: string;
  readonly senderId: string;
}

/** What came before under an id; null where it is new. */
export async function readKnownFeedback(tx: Queryable, id: string): Promise<KnownFeedback | null> {
  const { rows } = await tx.query<{ digest: string; sender_id: string }>(
    'select digest, sender_id from hub.feedback where id = $1',
    [id],
  );
  const [row] = rows;
  return row === undefined ? null : { digest: row.digest, senderId: row.sender_id };
}

/** Stores feedback; its bytes under the referral's key, and not at all where that key has been erased. */
export async function insertFeedback(
  tx: Queryable,
  cipher: ContentCipher,
  feedback: StoredFeedback,
): Promise<void> {
  const { id, referralId, jws } = feedback;
  await tx.query(
    `insert into hub.feedback (id, referral_id, dispatch_id, sender_id, "sequence", kind, digest, effective, received_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      id,
      referralId,
      feedback.dispatchId,
      feedback.senderId,
      feedback.sequence,
      feedback.kind,
      feedback.digest,
      feedback.effective,
      formatUtc(feedback.receivedAtMs),
    ],
  );
  const { rows } = await tx.query<{ wrapping_key_id: string; wrapped: Uint8Array }>(
    'select wrapping_key_id, wrapped from vault.content_key where referral_id = $1',
    [referralId],
  );
  const [key] = rows;
  if (key === undefined) return;
  const contentKey = cipher.unwrapKey({ wrappingKeyId: key.wrapping_key_id, wrapped: key.wrapped });
  await tx.query('insert into content.message (message_id, referral_id, sealed) values ($1, $2, $3)', [
    id,
    referralId,
    cipher.seal(contentKey, id, jws),
  ]);
}

/** Sets where an addressee stands with a dispatch; a person has answered, so that deadline is met. */
export async function setAnswer(
  tx: Queryable,
  answer: {
    readonly dispatchId: string;
    readonly answer: 'acknowledged' | 'declined' | 'closed' | null;
    readonly sequence: number;
    readonly nowMs: number;
  },
): Promise<void> {
  await tx.query(
    `update hub.dispatch set answer = coalesce($2, answer), answer_sequence = $3
     where id = $1 and answer_sequence < $3`,
    [answer.dispatchId, answer.answer, answer.sequence],
  );
  await tx.query(
    `update hub.deadline set state = 'met', closed_at = $2
     where dispatch_id = $1 and kind = 'humanAcknowledgement' and state = 'open'`,
    [answer.dispatchId, formatUtc(answer.nowMs)],
  );
}

/**
 * Closes a referral when every addressee that is competent has closed it.
 * @returns whether this was the last one.
 */
export async function closeReferralIfDone(tx: Queryable, referralId: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update hub.referral r set state = 'closed'
     where r.id = $1 and r.state = 'forwarded'
       and exists (select from hub.dispatch d where d.referral_id = r.id and d.answer = 'closed')
       and not exists (select from hub.dispatch d where d.referral_id = r.id and d.state <> 'cancelled'
         and d.answer is distinct from 'closed' and d.answer is distinct from 'declined')
       and not exists (select from hub.unenrolled u where u.referral_id = r.id and u.resolved_at is null)`,
    [referralId],
  );
  return rowCount > 0;
}

/** The receipt given before for a parcel; null where it is new. */
export async function readOutgoingReceipt(tx: Queryable, parcelDigest: string): Promise<string | null> {
  const { rows } = await tx.query<{ jws: string }>(
    'select jws from hub.outgoing_receipt where parcel_digest = $1',
    [parcelDigest],
  );
  return rows[0]?.jws ?? null;
}

/** Queues a receipt for a participant; for a parcel that came before, the first one again. */
export async function queueReceipt(
  tx: Queryable,
  receipt: {
    readonly parcelDigest: string;
    readonly addresseeId: string;
    readonly jws: string;
    readonly nowMs: number;
  },
): Promise<void> {
  await tx.query(
    `insert into hub.outgoing_receipt (parcel_digest, addressee_id, jws, created_at) values ($1, $2, $3, $4)
     on conflict (parcel_digest) do update set sent_at = null, lease_until = null`,
    [receipt.parcelDigest, receipt.addresseeId, receipt.jws, formatUtc(receipt.nowMs)],
  );
}
