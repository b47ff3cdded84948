import type { DeliveryReceipt } from '@liaison/contracts';
import type { Queryable, RowsToInsert } from '@liaison/postgres';
import { formatUtc } from '@liaison/service';

/** What is stored of the things that a batch speaks of. */
export interface KnownInbox {
  /** Receipts that were given, by the digest of their parcel. */
  readonly receipts: ReadonlyMap<string, string>;
  /** Digests of dispatches, by their id. */
  readonly dispatches: ReadonlyMap<string, string>;
}

/** Reads, with one statement, which parcels and dispatches of a batch have come before. */
export async function readKnown(
  tx: Queryable,
  asked: { readonly parcels: readonly string[]; readonly dispatches: readonly string[] },
): Promise<KnownInbox> {
  const { rows } = await tx.query<{ kind: string; name: string; value: string }>({
    name: 'inbox-read-known',
    text: `select 'parcel' as kind, digest as name, receipt as value from inbox.parcel where digest = any($1)
      union all
      select 'dispatch', id::text, digest from inbox.dispatch where id = any($2::uuid[])`,
    values: [asked.parcels, asked.dispatches],
  });
  const of = (kind: string): ReadonlyMap<string, string> =>
    new Map(rows.flatMap((row) => (row.kind === kind ? [[row.name, row.value] as const] : [])));
  return { receipts: of('parcel'), dispatches: of('dispatch') };
}

/** A parcel that is new here, with the receipt for it. */
export interface NewParcel {
  readonly digest: string;
  readonly parcelId: string | null;
  readonly receipt: string;
}

/**
 * The rows of new parcels and of their receipts that are about to be sent; whoever sends them has until the lease ends.
 */
export function parcelRows(
  parcels: readonly NewParcel[],
  times: { readonly nowMs: number; readonly leaseMs: number },
): RowsToInsert[] {
  const now = formatUtc(times.nowMs);
  return [
    {
      table: 'inbox.parcel',
      columns: { digest: 'text', parcel_id: 'uuid', receipt: 'text', received_at: 'timestamptz' },
      rows: parcels.map(({ digest, parcelId, receipt }) => [digest, parcelId, receipt, now]),
    },
    {
      table: 'inbox.outgoing_receipt',
      columns: { parcel_digest: 'text', queued_at: 'timestamptz', lease_until: 'timestamptz' },
      rows: parcels.map(({ digest }) => [digest, now, formatUtc(times.nowMs + times.leaseMs)]),
    },
  ];
}

/**
 * What the hub said of a parcel of ours: each answer in it was taken, or refused with a code. What it could not read it may
 * refuse without a digest; what it took it has to name.
 */
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
       where feedback_id = $1 and state in ('queued', 'sending', 'sent')
         and (digest = $4 or ($4::text is null and $2 = 'refused'))`,
      [entry.feedbackId, entry.outcome === 'accepted' ? 'receipted' : 'refused', entry.code, entry.digest],
    );
  }
}
