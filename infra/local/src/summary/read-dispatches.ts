import type { Queryable } from '@liaison/postgres';

/** What became of one dispatch. */
export interface DispatchOutcome {
  readonly referralId: string;
  readonly addresseeId: string;
  readonly country: string | null;
  readonly receipted: boolean;
  /** The hub's commit of its positive receipt, milliseconds since 1970; null before. */
  readonly receiptedMs: number | null;
}

interface Row {
  readonly referral_id: string;
  readonly addressee_id: string;
  readonly country: string | null;
  readonly receipted: boolean;
  readonly receipted_ms: number | null;
}

const chunk = 2_000;

async function tracksCommits(hub: Queryable): Promise<boolean> {
  const { rows } = await hub.query<{ on: boolean }>(
    `select current_setting('track_commit_timestamp') = 'on' as on`,
  );
  return rows[0]?.on === true;
}

/** Reads what became of the dispatches of these referrals; times are those of the commits where the server keeps them. */
export async function readDispatches(
  hub: Queryable,
  referralIds: readonly string[],
): Promise<DispatchOutcome[]> {
  const committed = (await tracksCommits(hub)) ? 'pg_xact_commit_timestamp(d.xmin)' : 'd.receipted_at';
  const outcomes: DispatchOutcome[] = [];
  for (let from = 0; from < referralIds.length; from += chunk) {
    const { rows } = await hub.query<Row>(
      `select d.referral_id, d.addressee_id, p.country, d.state = 'receipted' as receipted,
         case when d.state = 'receipted' then extract(epoch from ${committed})::float8 * 1000 end as receipted_ms
       from hub.dispatch d join hub.participant p on p.id = d.addressee_id
       where d.referral_id = any($1)`,
      [referralIds.slice(from, from + chunk)],
    );
    for (const row of rows) {
      outcomes.push({
        referralId: row.referral_id,
        addresseeId: row.addressee_id,
        country: row.country,
        receipted: row.receipted,
        receiptedMs: row.receipted_ms,
      });
    }
  }
  return outcomes;
}
