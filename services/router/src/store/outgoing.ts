import type { ContentCipher } from '@liaison/hub-database';
import { insertRows, toArrayText, type Queryable } from '@liaison/postgres';
import { formatUtc } from '@liaison/service';
import type { Waiting } from '../send/linger.ts';
import { openContent, type SealedContent } from './open-content.ts';

/** A dispatch that was claimed to be sent. */
export interface ClaimedDispatch {
  readonly id: string;
  readonly referralId: string;
  readonly kind: string;
  readonly schemaVersion: string;
  readonly digest: string;
  readonly jws: string;
  /** Whether it could not go when it was due before. */
  readonly postponed: boolean;
}

/** A dispatch whose stored bytes do not open. */
export interface UnreadableDispatch {
  readonly id: string;
  readonly addresseeId: string;
  /** Whether its referral was erased, so that nothing is missing. */
  readonly erased: boolean;
}

/** What was claimed, by addressee; what does not open is told apart, so that it stops no other. */
export interface ClaimedDispatches {
  readonly readable: ReadonlyMap<string, readonly ClaimedDispatch[]>;
  readonly unreadable: readonly UnreadableDispatch[];
}

/** What waits to be sent, by addressee. */
export async function readWaiting(tx: Queryable, nowMs: number): Promise<Waiting[]> {
  const { rows } = await tx.query<{ addressee_id: string; count: number; oldest: string; urgent: boolean }>({
    name: 'read-waiting',
    text: `select addressee_id, count(*) as count, min(next_attempt_at) as oldest, bool_or(urgent) as urgent
      from hub.dispatch where state = 'sealed' and next_attempt_at <= $1 group by addressee_id`,
    values: [formatUtc(nowMs)],
  });
  return rows.map((row) => ({
    addresseeId: row.addressee_id,
    count: row.count,
    oldestMs: Date.parse(row.oldest),
    urgent: row.urgent,
  }));
}

/** No lease and no pause is as long: what waits for a later time was written by a clock that went wrong. */
const farMs = 15 * 60_000;

/**
 * Frees what a sender had claimed that died while sending, and what a clock that was ahead has put off: without that a
 * jump of an hour would keep dispatches for an hour.
 * @returns how many
 */
export async function freeLeases(tx: Queryable, nowMs: number): Promise<number> {
  const values = [formatUtc(nowMs), formatUtc(nowMs + farMs)];
  const leased = await tx.query({
    name: 'free-leases',
    text: `update hub.dispatch set state = 'sealed', lease_until = null
      where state = 'sending' and (lease_until < $1 or lease_until > $2)`,
    values,
  });
  const putOff = await tx.query({
    name: 'free-put-off',
    text: `update hub.dispatch set next_attempt_at = $1 where state = 'sealed' and next_attempt_at > $2`,
    values,
  });
  return leased.rowCount + putOff.rowCount;
}

interface ClaimedRow extends SealedContent {
  readonly id: string;
  readonly referral_id: string;
  readonly addressee_id: string;
  readonly kind: string;
  readonly schema_version: string;
  readonly digest: string;
  readonly erased: boolean;
  readonly postponed: boolean;
}

/** Claims dispatches of several addressees, urgent and oldest first, and opens their stored bytes. */
export async function claimDispatches(
  tx: Queryable,
  cipher: ContentCipher,
  claim: { readonly addresseeIds: readonly string[]; readonly limit: number; readonly nowMs: number },
): Promise<ClaimedDispatches> {
  const { rows } = await tx.query<ClaimedRow>({
    name: 'claim-dispatches',
    text: `select d.id, d.referral_id, d.addressee_id, d.kind, d.schema_version, d.digest, m.sealed, k.wrapping_key_id,
        k.wrapped, r.erased_at is not null as erased, d.next_attempt_at > d.sealed_at as postponed
      from unnest($1::text[]) as a (id)
      cross join lateral (
        select * from hub.dispatch d
        where d.state = 'sealed' and d.addressee_id = a.id and d.next_attempt_at <= $2
        order by d.urgent desc, d.sealed_at
        limit $3
        for update skip locked) d
      join hub.referral r on r.id = d.referral_id
      left join content.message m on m.message_id = d.id
      left join vault.content_key k on k.referral_id = d.referral_id`,
    values: [claim.addresseeIds, formatUtc(claim.nowMs), claim.limit],
  });
  const readable = new Map<string, ClaimedDispatch[]>(claim.addresseeIds.map((id) => [id, []]));
  const unreadable: UnreadableDispatch[] = [];
  for (const row of rows) {
    const { id, addressee_id: addresseeId, referral_id: referralId, kind, digest, erased, postponed } = row;
    try {
      const { text: jws } = openContent(cipher, id, row);
      const { schema_version: schemaVersion } = row;
      readable.get(addresseeId)?.push({ id, referralId, kind, schemaVersion, digest, jws, postponed });
    } catch {
      unreadable.push({ id, addresseeId, erased });
    }
  }
  return { readable, unreadable };
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
  const idsOf = ({ dispatches }: PackedParcel): string[] => dispatches.map(({ id }) => id);
  await insertRows(tx, [
    {
      table: 'hub.parcel',
      columns: {
        digest: 'text',
        id: 'uuid',
        addressee_id: 'text',
        recipient_kid: 'text',
        dispatch_ids: 'uuid[]',
        bytes: 'integer',
        packed_at: 'timestamptz',
      },
      rows: parcels.map((parcel) => [
        parcel.digest,
        parcel.id,
        parcel.addresseeId,
        parcel.recipientKid,
        toArrayText(idsOf(parcel)),
        parcel.jwe.length,
        now,
      ]),
    },
  ]);
  await tx.query({
    name: 'lease-dispatches',
    text: `update hub.dispatch set state = 'sending', attempts = attempts + 1, lease_until = $2
      where id = any($1) and state = 'sealed'`,
    values: [parcels.flatMap(idsOf), formatUtc(times.nowMs + times.leaseMs)],
  });
}

/** Marks what has been sent, in one statement; a receipt that came first has the last word. */
export async function markSent(
  tx: Queryable,
  parcels: readonly PackedParcel[],
  nowMs: number,
): Promise<void> {
  const dispatches = parcels.flatMap((parcel) => parcel.dispatches);
  await tx.query({
    name: 'mark-sent',
    text: `with sent as (
        update hub.dispatch set state = case state when 'sending' then 'sent' else state end,
          sent_at = coalesce(sent_at, $3), lease_until = null
        where id = any($1) and state in ('sending', 'receipted')),
      gone as (
        update hub.parcel set sent_at = $3 where digest = any($4)),
      met as (
        update hub.deadline l set state = 'met', closed_at = $3
        where l.referral_id = any($2) and l.kind = 'dispatch' and l.dispatch_id is null and l.state = 'open'
          and not exists (select from hub.dispatch d
            where d.referral_id = l.referral_id and d.sent_at is null and d.state <> 'cancelled' and d.id <> all($1))
          and not exists (select from hub.unenrolled u
            where u.referral_id = l.referral_id and u.resolved_at is null))
      select 1`,
    values: [
      dispatches.map(({ id }) => id),
      [...new Set(dispatches.map(({ referralId }) => referralId))],
      formatUtc(nowMs),
      parcels.map(({ digest }) => digest),
    ],
  });
}

/** Frees what could not be sent, to be tried again later; what never left does not count as an attempt. */
export async function postponeDispatches(
  tx: Queryable,
  dispatchIds: readonly string[],
  untilMs: number,
): Promise<void> {
  await tx.query(
    `update hub.dispatch set state = 'sealed', lease_until = null, next_attempt_at = $2,
       attempts = case state when 'sending' then attempts - 1 else attempts end
     where id = any($1) and state in ('sending', 'sealed')`,
    [dispatchIds, formatUtc(untilMs)],
  );
}

/** Frees what its addressee could not open: the same signed bytes travel again, in a new parcel to the key current then. */
export async function repackDispatches(
  tx: Queryable,
  dispatchIds: readonly string[],
  afterMs: number,
): Promise<void> {
  await tx.query(
    `update hub.dispatch set state = 'sealed', lease_until = null, next_attempt_at = $2
     where id = any($1) and state in ('sealed', 'sending', 'sent')`,
    [dispatchIds, formatUtc(afterMs)],
  );
}

/**
 * Frees what was sent and has no receipt: the same signed bytes travel again, in a new parcel.
 * @param which dispatches by id, or all that went to an addressee
 * @returns how many had none
 */
export async function repackUnanswered(
  tx: Queryable,
  which: { readonly dispatchIds: readonly string[] } | { readonly addresseeId: string },
  nowMs: number,
): Promise<number> {
  const [condition, value] =
    'dispatchIds' in which ? ['id = any($1)', which.dispatchIds] : ['addressee_id = $1', which.addresseeId];
  const { rowCount } = await tx.query(
    `update hub.dispatch set state = 'sealed', lease_until = null, next_attempt_at = $2
     where ${condition} and state = 'sent'`,
    [value, formatUtc(nowMs)],
  );
  return rowCount;
}

/** Parks what its addressee does not take as it is. */
export async function parkDispatches(
  tx: Queryable,
  dispatchIds: readonly string[],
  parking: {
    readonly code: string;
    /** What the directory says after this may free them, milliseconds since 1970. */
    readonly asOfMs: number;
  },
): Promise<void> {
  await tx.query(
    `update hub.dispatch set state = 'parked', refusal_code = $2, parked_at = $3, lease_until = null
     where id = any($1) and state in ('sealed', 'sending', 'sent')`,
    [dispatchIds, parking.code, formatUtc(parking.asOfMs)],
  );
}

/** Ends dispatches whose referral was erased. */
export async function cancelDispatches(tx: Queryable, dispatchIds: readonly string[]): Promise<void> {
  await tx.query(
    `update hub.dispatch set state = 'cancelled', lease_until = null where id = any($1) and state = 'sealed'`,
    [dispatchIds],
  );
}
