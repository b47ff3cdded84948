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

/** What travelled under a digest. */
export interface SentParcel {
  readonly addresseeId: string;
  readonly dispatchIds: readonly string[];
  readonly packedAtMs: number;
  /** Whether it was answered before. */
  readonly receipted: boolean;
}

/** What travelled under these digests; those under which nothing did are left out. */
export async function readSentParcels(
  tx: Queryable,
  digests: readonly string[],
): Promise<ReadonlyMap<string, SentParcel>> {
  const { rows } = await tx.query<{
    digest: string;
    addressee_id: string;
    dispatch_ids: string[];
    packed_at: string;
    receipted: boolean;
  }>({
    name: 'read-sent-parcels',
    text: `select digest, addressee_id, dispatch_ids, packed_at, receipted_at is not null as receipted
      from hub.parcel where digest = any($1)`,
    values: [digests],
  });
  return new Map(
    rows.map((row) => [
      row.digest,
      {
        addresseeId: row.addressee_id,
        dispatchIds: row.dispatch_ids,
        packedAtMs: Date.parse(row.packed_at),
        receipted: row.receipted,
      },
    ]),
  );
}

/** Locks dispatches, in one order so that answers cannot deadlock. */
export async function lockDispatches(
  tx: Queryable,
  ids: readonly string[],
): Promise<ReadonlyMap<string, LockedDispatch>> {
  const { rows } = await tx.query<Row>({
    name: 'lock-dispatches',
    text: `select d.id, d.referral_id, r.sender_id, d.addressee_id, d.kind, d.digest, d.state, d.attempts,
        d.answer_sequence
      from hub.dispatch d join hub.referral r on r.id = d.referral_id
      where d.id = any($1)
      order by d.id
      for update of d`,
    values: [ids],
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

/** What receipts came to. */
export interface ReceiptedRows {
  /** Dispatches that were taken by their addressees. */
  readonly taken: readonly string[];
  /** Parcels that were answered, with the code of those that were refused. */
  readonly parcels: readonly { readonly digest: string; readonly code: string | null }[];
  readonly nowMs: number;
}

/**
 * Marks dispatches as taken, their delivery as having met its deadline, and parcels as answered, in one statement. Of a
 * parcel that was opened after all its first refusal is forgotten, and a refusal that comes later is not believed.
 */
export async function markReceipted(tx: Queryable, { taken, parcels, nowMs }: ReceiptedRows): Promise<void> {
  await tx.query({
    name: 'mark-receipted',
    text: `with taken as (
        update hub.dispatch set state = 'receipted', receipted_at = $2, sent_at = coalesce(sent_at, $2),
          lease_until = null, refusal_code = null, parked_at = null
        where id = any($1) and state in ('sealed', 'sending', 'sent', 'parked')),
      met as (
        update hub.deadline set state = 'met', closed_at = $2
        where dispatch_id = any($1) and kind = 'deliveryReceipt' and state = 'open'),
      answered as (
        update hub.parcel p set receipted_at = coalesce(p.receipted_at, $2), code = a.code
        from unnest($3::text[], $4::text[]) as a (digest, code)
        where p.digest = a.digest and (p.receipted_at is null or a.code is null))
      select 1`,
    values: [taken, formatUtc(nowMs), parcels.map(({ digest }) => digest), parcels.map(({ code }) => code)],
  });
}
