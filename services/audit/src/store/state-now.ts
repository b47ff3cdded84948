import type { Queryable } from '@liaison/postgres';

/** An urgent dispatch that its addressee has not answered. */
export interface UrgentDispatch {
  readonly dispatchId: string;
  readonly referralId: string;
  readonly providerReference: string;
  readonly addressee: string;
  readonly state: string;
  readonly sealedAt: string;
  readonly receiptedAt: string | null;
}

/** Urgent dispatches without an answer, oldest first, at most `limit`. */
export async function readUrgent(tx: Queryable, limit: number): Promise<readonly UrgentDispatch[]> {
  const { rows } = await tx.query<UrgentDispatch>({
    name: 'audit-read-urgent',
    // The oldest are found before anything is looked up for them.
    text: `
      select d.id as "dispatchId", d.referral_id as "referralId", r.provider_reference as "providerReference",
        d.addressee_id as addressee, d.state, d.sealed_at as "sealedAt", d.receipted_at as "receiptedAt"
      from (
        select id, referral_id, addressee_id, state, sealed_at, receipted_at from audit.dispatch
        where urgent and answer is null and state <> 'cancelled' order by sealed_at limit $1) d
      join audit.referral r on r.id = d.referral_id
      order by d.sealed_at, d.addressee_id`,
    values: [limit],
  });
  return rows;
}

/** Something that goes wrong, and since when. */
export interface Failing {
  readonly code: string;
  readonly participant: string | null;
  readonly count: number;
  readonly since: string;
}

/** Open alarms by code and participant, oldest first, at most `limit` of them. */
export async function readAlarms(tx: Queryable, limit: number): Promise<readonly Failing[]> {
  const { rows } = await tx.query<Failing>({
    name: 'audit-read-alarms',
    text: `
      select code, participant_id as participant, count(*) as count, min(raised_at) as since
      from audit.alarm where cleared_at is null group by code, participant_id order by since, code limit $1`,
    values: [limit],
  });
  return rows;
}

/** Parked dispatches by addressee and reason. */
export async function readParked(tx: Queryable): Promise<readonly Failing[]> {
  const { rows } = await tx.query<Failing>({
    name: 'audit-read-parked',
    text: `
      select coalesce(refusal_code, 'parked') as code, addressee_id as participant, count(*) as count,
        min(coalesce(parked_at, sealed_at)) as since
      from audit.dispatch where state = 'parked' group by refusal_code, addressee_id order by since, addressee_id`,
  });
  return rows;
}

/** Deadlines of one kind that were not kept. */
export interface PassedDeadlines {
  readonly kind: string;
  readonly urgent: boolean;
  readonly count: number;
  readonly first: string;
  readonly last: string;
}

/** Deadlines that have passed since a time, by kind; urgent ones first. */
export async function readPassed(tx: Queryable, since: string): Promise<readonly PassedDeadlines[]> {
  const { rows } = await tx.query<PassedDeadlines>({
    name: 'audit-read-passed',
    text: `
      select kind, urgent, count(*) as count, min(due_at) as first, max(due_at) as last
      from audit.deadline where state = 'passed' and closed_at > $1
      group by kind, urgent order by urgent desc, kind`,
    values: [since],
  });
  return rows;
}
