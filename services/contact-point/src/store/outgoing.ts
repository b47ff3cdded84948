import type { Queryable } from '@liaison/postgres';
import { formatUtc } from '@liaison/service';

/** A receipt that was signed, and the parcel that it is for. */
export interface ReceiptToSend {
  readonly parcelDigest: string;
  readonly jws: string;
}

interface Claim {
  readonly nowMs: number;
  /** For how long a sender may take; one that dies frees what it claimed by then. */
  readonly leaseMs: number;
  readonly limit: number;
}

/** Claims receipts that wait, oldest first. */
export async function claimReceipts(
  tx: Queryable,
  { nowMs, leaseMs, limit }: Claim,
): Promise<ReceiptToSend[]> {
  const { rows } = await tx.query<{ parcel_digest: string; receipt: string }>({
    name: 'outbox-claim-receipts',
    text: `update inbox.outgoing_receipt o set lease_until = $2
      from inbox.parcel p
      where p.digest = o.parcel_digest and o.parcel_digest in (
        select parcel_digest from inbox.outgoing_receipt
        -- A lease that ends so late is of a clock that was ahead.
        where sent_at is null and (lease_until is null or lease_until < $1 or lease_until > $4)
        order by queued_at limit $3 for update skip locked)
      returning o.parcel_digest, p.receipt`,
    values: [formatUtc(nowMs), formatUtc(nowMs + leaseMs), limit, formatUtc(nowMs + 2 * leaseMs)],
  });
  return rows.map((row) => ({ parcelDigest: row.parcel_digest, jws: row.receipt }));
}

/** Marks receipts as sent. */
export async function markReceiptsSent(
  tx: Queryable,
  digests: readonly string[],
  nowMs: number,
): Promise<void> {
  await tx.query({
    name: 'outbox-mark-receipts',
    text: 'update inbox.outgoing_receipt set sent_at = $2, lease_until = null where parcel_digest = any($1)',
    values: [digests, formatUtc(nowMs)],
  });
}

/** An answer that was claimed to be sent. */
export interface ClaimedAnswer {
  readonly feedbackId: string;
  readonly jws: string;
}

/** Claims answers that wait, oldest first. */
export async function claimAnswers(
  tx: Queryable,
  { nowMs, leaseMs, limit }: Claim,
): Promise<ClaimedAnswer[]> {
  const { rows } = await tx.query<{ feedback_id: string; jws: string }>({
    name: 'outbox-claim-answers',
    text: `update inbox.answer set state = 'sending', lease_until = $2
      where id in (
        select id from inbox.answer
        where state = 'queued' or (state = 'sending' and (lease_until < $1 or lease_until > $4))
        order by answered_at limit $3 for update skip locked)
      returning feedback_id, jws`,
    values: [formatUtc(nowMs), formatUtc(nowMs + leaseMs), limit, formatUtc(nowMs + 2 * leaseMs)],
  });
  return rows.map((row) => ({ feedbackId: row.feedback_id, jws: row.jws }));
}

/** Records a parcel before it is sent, so that the hub's receipt for it can be understood. */
export async function recordOutgoingParcel(
  tx: Queryable,
  parcel: { readonly digest: string; readonly feedbackIds: readonly string[]; readonly nowMs: number },
): Promise<void> {
  await tx.query('insert into inbox.outgoing_parcel (digest, feedback_ids, packed_at) values ($1, $2, $3)', [
    parcel.digest,
    parcel.feedbackIds,
    formatUtc(parcel.nowMs),
  ]);
}

/** Marks answers as sent; a receipt that came first has the last word. */
export async function markAnswersSent(tx: Queryable, feedbackIds: readonly string[]): Promise<void> {
  await tx.query(
    `update inbox.answer set state = 'sent', lease_until = null where feedback_id = any($1) and state = 'sending'`,
    [feedbackIds],
  );
}
