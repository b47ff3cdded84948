import type { Queryable } from '@liaison/postgres';

/** Referrals by the state that their senders are told. */
export async function countReferrals(tx: Queryable): Promise<readonly { state: string; count: number }[]> {
  const { rows } = await tx.query<{ state: string; count: number }>(`
    select case when erased_at is null then state else 'erased' end as state, count(*) as count
    from audit.referral group by 1 order by 1`);
  return rows;
}

/** Refused submissions by problem. */
export async function countRefusals(tx: Queryable): Promise<readonly { problem: string; count: number }[]> {
  const { rows } = await tx.query<{ problem: string; count: number }>(
    'select problem, count(*) as count from audit.refusal group by problem order by problem',
  );
  return rows;
}

/** Dispatches of one addressee in one state. */
export interface DispatchCount {
  readonly addressee: string;
  readonly country: string | null;
  readonly state: string;
  readonly count: number;
  /** When the oldest one that has no receipt yet was sealed; null where all have, or were cancelled. */
  readonly oldestUndeliveredAt: string | null;
}

/** Dispatches by addressee and state. */
export async function countDispatches(tx: Queryable): Promise<readonly DispatchCount[]> {
  const { rows } = await tx.query<DispatchCount>(`
    select addressee_id as addressee, country, state, count(*) as count,
      min(sealed_at) filter (where state in ('sealed', 'sending', 'sent', 'parked')) as "oldestUndeliveredAt"
    from audit.dispatch group by addressee_id, country, state order by addressee_id, state`);
  return rows;
}
