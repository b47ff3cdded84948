import type { Queryable } from '@liaison/postgres';

/** One addressee may be left out: it is the one that is stopped. */
type Except = string | null;

/** How many referrals are under way: not yet decided, not receipted by every addressee, or not yet in the ledger. */
export async function countUnderWay(hub: Queryable, except: Except): Promise<number> {
  const { rows } = await hub.query<{ count: number }>({
    name: 'bench-under-way',
    text: `select count(*) as count from (
        select id from hub.referral where state = 'accepted' and erased_at is null
        union
        select referral_id from hub.dispatch
        where state in ('sealed', 'sending', 'sent', 'parked') and addressee_id is distinct from $1
        union
        select referral_id from ledger.pending) u`,
    values: [except],
  });
  return rows[0]?.count ?? 0;
}

const chunk = 2_000;

/**
 * When each referral was done: the hub's commit of its last addressee's positive receipt, milliseconds since 1970; in the
 * order of the ids, null where a receipt is still missing.
 */
export async function readCompletions(
  hub: Queryable,
  ids: readonly string[],
  except: Except,
): Promise<(number | null)[]> {
  const completions: (number | null)[] = [];
  for (let from = 0; from < ids.length; from += chunk) {
    const { rows } = await hub.query<{ done_ms: number | null }>({
      name: 'bench-completions',
      text: `select (select case when bool_and(d.state = 'receipted')
            then max(extract(epoch from pg_xact_commit_timestamp(d.xmin)))::float8 * 1000 end
          from hub.dispatch d where d.referral_id = w.id and d.addressee_id is distinct from $2) as done_ms
        from unnest($1::uuid[]) with ordinality as w (id, place) order by w.place`,
      values: [ids.slice(from, from + chunk), except],
    });
    completions.push(...rows.map((row) => row.done_ms));
  }
  return completions;
}

/** Parcels that were packed in a while. */
export interface ParcelFigures {
  readonly parcels: number;
  /** Dispatches in one, on average. */
  readonly meanMessages: number;
  /** Size of one on the wire, on average. */
  readonly meanBytes: number;
}

/** Reads how large parcels were between two times, milliseconds since 1970. */
export async function readParcels(hub: Queryable, fromMs: number, toMs: number): Promise<ParcelFigures> {
  const { rows } = await hub.query<{ parcels: number; messages: number | null; bytes: number | null }>(
    `select count(*) as parcels, avg(cardinality(dispatch_ids))::float8 as messages, avg(bytes)::float8 as bytes
     from hub.parcel where packed_at >= to_timestamp($1 / 1000.0) and packed_at < to_timestamp($2 / 1000.0)`,
    [fromMs, toMs],
  );
  const [row] = rows;
  return {
    parcels: row?.parcels ?? 0,
    meanMessages: Math.round((row?.messages ?? 0) * 100) / 100,
    meanBytes: Math.round(row?.bytes ?? 0),
  };
}
