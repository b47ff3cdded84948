import type { Queryable } from '@liaison/postgres';
import { formatUtc } from '@liaison/service';

/** A dispatch that an answer is about, locked until the transaction ends. */
export interface LockedDispatch {
  readonly id: string;
  readonly referralId: string;
  readonly senderId: string;
  readonly addresseeId: string;
  readonly kind: string;
  readonly digest: string;
  readonly state: string;
  readonly attempts: number;
  readonly answerSequence: number;
}

interface Row {
  readonly id: string;
  readonly referral_id: string;
  readonly sender_id: string;
  readonly addressee_id: string;
  readonly kind: string;
  readonly digest: string;
  readonly state: string;
  readonly attempts: number;
  readonly answer_sequence: number;
}

/** The dispatches that travelled under a digest to this addressee; null where none did. */
export async function readParcelDispatches(
  tx: Queryable,
  digest: string,
  addresseeId: string,
): Promise<readonly string[] | null> {
  const { rows } = await tx.query<{ dispatch_ids: string[] }>({
    name: 'read-parcel-dispatches',
    text: 'select dispatch_ids from hub.parcel where digest = $1 and addressee_id = $2',
    values: [digest, addresseeId],
  });
  return rows[0]?.dispatch_ids ?? null;
}

/** Locks dispatches of one addressee, in one order so that answers cannot deadlock. */
export async function lockDispatches(
  tx: Queryable,
  ids: readonly string[],
  addresseeId: string,
): Promise<ReadonlyMap<string, LockedDispatch>> {
  const { rows } = await tx.query<Row>({
    name: 'lock-dispatches',
    text: `select d.id, d.referral_id, r.sender_id, d.addressee_id, d.kind, d.digest, d.state, d.attempts,
        d.answer_sequence
      from hub.dispatch d join hub.referral r on r.id = d.referral_id
      where d.id = any($1) and d.addressee_id = $2
      order by d.id
      for update of d`,
    values: [ids, addresseeId],
  });
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        referralId: row.referral_id,
        senderId: row.sender_id,
        addresseeId: row.addressee_id,
        kind: row.kind,
        digest: row.digest,
        state: row.state,
        attempts: row.attempts,
        answerSequence: row.answer_sequence,
      },
    ]),
  );
}

/** Marks dispatches as taken by their addressee, and their delivery as having met its deadline. */
export async function markReceipted(tx: Queryable, ids: readonly string[], nowMs: number): Promise<void> {
  if (ids.length === 0) return;
  const now = formatUtc(nowMs);
  await tx.query({
    name: 'mark-receipted',
    text: `update hub.dispatch set state = 'receipted', receipted_at = $2, sent_at = coalesce(sent_at, $2),
        lease_until = null, refusal_code = null
      where id = any($1) and state in ('sealed', 'sending', 'sent', 'parked')`,
    values: [ids, now],
  });
  await tx.query({
    name: 'meet-delivery-deadlines',
    text: `update hub.deadline set state = 'met', closed_at = $2
      where dispatch_id = any($1) and kind = 'deliveryReceipt' and state = 'open'`,
    values: [ids, now],
  });
}

/** Keeps what was answered for a parcel. */
export async function recordParcelAnswer(
  tx: Queryable,
  answer: { readonly digest: string; readonly code: string | null; readonly nowMs: number },
): Promise<void> {
  await tx.query({
    name: 'record-parcel-answer',
    text: 'update hub.parcel set receipted_at = coalesce(receipted_at, $2), code = $3 where digest = $1',
    values: [answer.digest, formatUtc(answer.nowMs), answer.code],
  });
}
