import type { Queryable } from '@liaison/postgres';

/** Referrals by the state that their senders are told. */
export async function countReferrals(tx: Queryable): Promise<readonly { state: string; count: number }[]> {
  const { rows } = await tx.query<{ state: string; count: number }>(
    `select state, count from audit.volumes where subject = 'referral' order by state`,
  );
  return rows;
}

/** Refused submissions by problem. */
export async function countRefusals(tx: Queryable): Promise<readonly { problem: string; count: number }[]> {
  const { rows } = await tx.query<{ problem: string; count: number }>(
    `select state as problem, count from audit.volumes where subject = 'refusal' order by state`,
  );
  return rows;
}

/** Dispatches of one addressee in one state, with one answer. */
export interface DispatchCount {
  readonly addressee: string;
  readonly country: string | null;
  readonly state: string;
  /** What the authority has answered; null as long as it has not. */
  readonly answer: string | null;
  readonly count: number;
  /** When the addressee's oldest one that has no receipt yet was sealed; null where all have, or were cancelled. */
  readonly oldestUndeliveredAt: string | null;
}

/** Dispatches by addressee, state and answer. */
export async function countDispatches(tx: Queryable): Promise<readonly DispatchCount[]> {
  const { rows } = await tx.query<DispatchCount>(`
    select v.addressee_id as addressee, p.country, v.state, nullif(v.answer, '') as answer, v.count,
      u.oldest_at as "oldestUndeliveredAt"
    from audit.volumes v
    join audit.participant p on p.id = v.addressee_id
    left join audit.undelivered u on u.addressee_id = v.addressee_id
    where v.subject = 'dispatch' order by v.addressee_id, v.state, v.answer`);
  return rows;
}

/** Adds up to `limit` changes to the figures. @returns how many it took. */
export async function foldVolumes(database: Queryable, limit: number): Promise<number> {
  const { rows } = await database.query<{ count: number }>({
    name: 'audit-fold-volumes',
    text: 'select audit.fold_volumes($1) as count',
    values: [limit],
  });
  return rows[0]?.count ?? 0;
}
