import type { DeliveryReceipt } from '@liaison/contracts';
import type { Queryable } from '@liaison/postgres';
import { formatUtc } from '@liaison/service';

/** The receipt that was given for a parcel; null where it is new. */
export async function readReceipt(tx: Queryable, digest: string): Promise<string | null> {
  const { rows } = await tx.query<{ receipt: string }>({
    name: 'inbox-read-receipt',
    text: 'select receipt from inbox.parcel where digest = $1',
    values: [digest],
  });
  return rows[0]?.receipt ?? null;
}

/** Keeps a parcel's receipt. */
export async function insertParcel(
  tx: Queryable,
  parcel: {
    readonly digest: string;
    readonly parcelId: string | null;
    readonly receipt: string;
    readonly nowMs: number;
  },
): Promise<void> {
  await tx.query({
    name: 'inbox-insert-parcel',
    text: 'insert into inbox.parcel (digest, parcel_id, receipt, received_at) values ($1, $2, $3, $4)',
    values: [parcel.digest, parcel.parcelId, parcel.receipt, formatUtc(parcel.nowMs)],
  });
}

/** Queues the receipt of a parcel, again where it was sent before: the hub may not have got it. */
export async function queueReceipt(tx: Queryable, digest: string, nowMs: number): Promise<void> {
  await tx.query({
    name: 'inbox-queue-receipt',
    text: `insert into inbox.outgoing_receipt (parcel_digest, queued_at) values ($1, $2)
      on conflict (parcel_digest) do update set sent_at = null, lease_until = null`,
    values: [digest, formatUtc(nowMs)],
  });
}

/** What the hub said of a parcel of ours: each answer in it was taken, or refused with a code. */
export async function applyHubReceipt(tx: Queryable, receipt: DeliveryReceipt): Promise<void> {
  const { rows } = await tx.query<{ feedback_ids: string[] }>(
    'select feedback_ids from inbox.outgoing_parcel where digest = $1',
    [receipt.parcelDigest],
  );
  const sent = rows[0]?.feedback_ids ?? [];
  if (receipt.outcome === 'refused') {
    // What the hub could not open is packed again, to the key that it has now.
    await tx.query(
      `update inbox.answer set state = 'queued', lease_until = null
       where feedback_id = any($1) and state in ('sending', 'sent')`,
      [sent],
    );
    return;
  }
  for (const entry of receipt.entries) {
    if (!('feedbackId' in entry) || !sent.includes(entry.feedbackId)) continue;
    await tx.query(
      `update inbox.answer set state = $2, refusal_code = $3, lease_until = null
       where feedback_id = $1 and state in ('queued', 'sending', 'sent') and ($4::text is null or digest = $4)`,
      [entry.feedbackId, entry.outcome === 'accepted' ? 'receipted' : 'refused', entry.code, entry.digest],
    );
  }
}
