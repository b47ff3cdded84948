import type { ContentCipher } from '@liaison/hub-database';
import type { Queryable } from '@liaison/postgres';
import { formatUtc } from '@liaison/service';
import type { Waiting } from '../send/linger.ts';

/** A dispatch that was claimed to be sent. */
export interface ClaimedDispatch {
  readonly id: string;
  readonly referralId: string;
  readonly kind: string;
  readonly schemaVersion: string;
  readonly jws: string;
}

/** What waits to be sent, by addressee. Those whose sender died while sending wait again once their lease is over. */
export async function readWaiting(tx: Queryable, nowMs: number): Promise<Waiting[]> {
  const now = formatUtc(nowMs);
  await tx.query({
    name: 'free-leases',
    text: `update hub.dispatch set state = 'sealed', lease_until = null
      where state = 'sending' and lease_until < $1`,
    values: [now],
  });
  const { rows } = await tx.query<{ addressee_id: string; count: number; oldest: string; urgent: boolean }>({
    name: 'read-waiting',
    text: `select addressee_id, count(*) as count, min(next_attempt_at) as oldest, bool_or(urgent) as urgent
      from hub.dispatch where state = 'sealed' and next_attempt_at <= $1 group by addressee_id`,
    values: [now],
  });
  return rows.map((row) => ({
    addresseeId: row.addressee_id,
    count: row.count,
    oldestMs: Date.parse(row.oldest),
    urgent: row.urgent,
  }));
}

interface ClaimedRow {
  readonly id: string;
  readonly referral_id: string;
  readonly kind: string;
  readonly schema_version: string;
  readonly sealed: Uint8Array;
  readonly wrapping_key_id: string;
  readonly wrapped: Uint8Array;
}

/** Claims dispatches of one addressee and opens their stored bytes. */
export async function claimDispatches(
  tx: Queryable,
  cipher: ContentCipher,
  claim: { readonly addresseeId: string; readonly limit: number; readonly nowMs: number },
): Promise<ClaimedDispatch[]> {
  const { rows } = await tx.query<ClaimedRow>({
    name: 'claim-dispatches',
    text: `select d.id, d.referral_id, d.kind, d.schema_version, m.sealed, k.wrapping_key_id, k.wrapped
      from hub.dispatch d
      join content.message m on m.message_id = d.id
      join vault.content_key k on k.referral_id = d.referral_id
      where d.state = 'sealed' and d.addressee_id = $1 and d.next_attempt_at <= $2
      order by d.urgent desc, d.sealed_at
      limit $3
      for update of d skip locked`,
    values: [claim.addresseeId, formatUtc(claim.nowMs), claim.limit],
  });
  return rows.map((row) => {
    const key = cipher.unwrapKey({ wrappingKeyId: row.wrapping_key_id, wrapped: row.wrapped });
    return {
      id: row.id,
      referralId: row.referral_id,
      kind: row.kind,
      schemaVersion: row.schema_version,
      jws: cipher.open(key, row.id, row.sealed),
    };
  });
}

/** A parcel that is about to be sent. */
export interface PackedParcel {
  readonly id: string;
  readonly digest: string;
  readonly addresseeId: string;
  readonly recipientKid: string;
  readonly dispatches: readonly ClaimedDispatch[];
  readonly jwe: string;
}

/** Records parcels before they are sent: whoever answers one by its digest can then be understood. */
export async function recordParcels(
  tx: Queryable,
  parcels: readonly PackedParcel[],
  times: { readonly nowMs: number; readonly leaseMs: number },
): Promise<void> {
  const now = formatUtc(times.nowMs);
  for (const parcel of parcels) {
    const ids = parcel.dispatches.map(({ id }) => id);
    await tx.query({
      name: 'insert-parcel',
      text: `insert into hub.parcel (digest, id, addressee_id, recipient_kid, dispatch_ids, bytes, packed_at)
        values ($1, $2, $3, $4, $5, $6, $7)`,
      values: [
        parcel.digest,
        parcel.id,
        parcel.addresseeId,
        parcel.recipientKid,
        ids,
        parcel.jwe.length,
        now,
      ],
    });
  }
  await tx.query({
    name: 'lease-dispatches',
    text: `update hub.dispatch set state = 'sending', attempts = attempts + 1, lease_until = $2
      where id = any($1) and state = 'sealed'`,
    values: [
      parcels.flatMap(({ dispatches }) => dispatches.map(({ id }) => id)),
      formatUtc(times.nowMs + times.leaseMs),
    ],
  });
}

/** Marks what has been sent; a receipt that came first has the last word. */
export async function markSent(
  tx: Queryable,
  parcels: readonly PackedParcel[],
  nowMs: number,
): Promise<void> {
  const now = formatUtc(nowMs);
  const ids = parcels.flatMap(({ dispatches }) => dispatches.map(({ id }) => id));
  const referralIds = [
    ...new Set(parcels.flatMap(({ dispatches }) => dispatches.map(({ referralId }) => referralId))),
  ];
  await tx.query({
    name: 'mark-dispatches-sent',
    text: `update hub.dispatch set state = case state when 'sending' then 'sent' else state end,
        sent_at = coalesce(sent_at, $2), lease_until = null
      where id = any($1) and state in ('sending', 'receipted')`,
    values: [ids, now],
  });
  await tx.query({
    name: 'mark-parcels-sent',
    text: 'update hub.parcel set sent_at = $2 where digest = any($1)',
    values: [parcels.map(({ digest }) => digest), now],
  });
  await tx.query({
    name: 'meet-dispatch-deadlines',
    text: `update hub.deadline l set state = 'met', closed_at = $2
      where l.referral_id = any($1) and l.kind = 'dispatch' and l.dispatch_id is null and l.state = 'open'
        and not exists (select from hub.dispatch d where d.referral_id = l.referral_id and d.sent_at is null)`,
    values: [referralIds, now],
  });
}

/** Frees what could not be sent, to be tried again later. */
export async function postponeDispatches(
  tx: Queryable,
  dispatchIds: readonly string[],
  untilMs: number,
): Promise<void> {
  await tx.query(
    `update hub.dispatch set state = 'sealed', lease_until = null, next_attempt_at = $2
     where id = any($1) and state in ('sending', 'sealed')`,
    [dispatchIds, formatUtc(untilMs)],
  );
}

/** Parks what the addressee does not understand yet. */
export async function parkDispatches(
  tx: Queryable,
  dispatchIds: readonly string[],
  parking: { readonly code: string; readonly nowMs: number },
): Promise<void> {
  await tx.query(
    `update hub.dispatch set state = 'parked', refusal_code = $2, parked_at = $3, lease_until = null
     where id = any($1) and state in ('sealed', 'sending', 'sent')`,
    [dispatchIds, parking.code, formatUtc(parking.nowMs)],
  );
}
