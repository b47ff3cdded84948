import type { Queryable } from '@liaison/postgres';

/** What the page of a referral shows of it besides its timeline. */
export interface ReferralRow {
  readonly senderKind: string;
  readonly referralKind: string;
  readonly urgent: boolean;
  readonly relationType: string | null;
  readonly relatedTo: string | null;
  readonly decidedAt: string | null;
}

/** The row of a referral that exists. */
export async function readReferralRow(tx: Queryable, id: string): Promise<ReferralRow | null> {
  const { rows } = await tx.query<ReferralRow>({
    name: 'audit-read-referral-row',
    text: `
      select sender_kind as "senderKind", referral_kind as "referralKind", urgent, relation_type as "relationType",
        related_to as "relatedTo", decided_at as "decidedAt"
      from audit.referral where id = $1`,
    values: [id],
  });
  return rows[0] ?? null;
}

/** What became of a dispatch. */
export interface DispatchAnswer {
  readonly dispatchId: string;
  readonly answer: string | null;
  readonly refusalCode: string | null;
  readonly urgent: boolean;
  readonly decisionVersion: number;
}

/** Answers and refusals of a referral's dispatches. */
export async function readAnswers(tx: Queryable, referralId: string): Promise<readonly DispatchAnswer[]> {
  const { rows } = await tx.query<DispatchAnswer>({
    name: 'audit-read-answers',
    text: `
      select id as "dispatchId", answer, refusal_code as "refusalCode", urgent, decision_version as "decisionVersion"
      from audit.dispatch where referral_id = $1`,
    values: [referralId],
  });
  return rows;
}

/** A step that had to happen by a time. */
export interface FoundDeadline {
  readonly dispatchId: string | null;
  readonly kind: string;
  readonly state: string;
  readonly dueAt: string;
  readonly closedAt: string | null;
}

/** Deadlines of a referral and of its dispatches, in the order in which they are due. */
export async function readDeadlines(
  tx: Queryable,
  { referralId, dispatchIds }: { readonly referralId: string; readonly dispatchIds: readonly string[] },
): Promise<readonly FoundDeadline[]> {
  const columns = 'dispatch_id, kind, state, due_at, closed_at';
  const { rows } = await tx.query<FoundDeadline>({
    name: 'audit-read-deadlines',
    // Two looks into two indexes.
    text: `
      select dispatch_id as "dispatchId", kind, state, due_at as "dueAt", closed_at as "closedAt" from (
        select ${columns} from audit.deadline where dispatch_id = any($2)
        union all
        select ${columns} from audit.deadline where referral_id = $1 and dispatch_id is null) found
      order by due_at, kind, dispatch_id`,
    values: [referralId, dispatchIds],
  });
  return rows;
}

/** A state that is concerned and has no contact point. */
export interface Unenrolled {
  readonly memberState: string;
  readonly since: string;
  readonly resolvedAt: string | null;
}

/** States of a referral that had no contact point when it was decided. */
export async function readUnenrolled(tx: Queryable, referralId: string): Promise<readonly Unenrolled[]> {
  const { rows } = await tx.query<Unenrolled>({
    name: 'audit-read-unenrolled',
    text: `
      select member_state as "memberState", since, resolved_at as "resolvedAt"
      from audit.unenrolled where referral_id = $1 order by member_state`,
    values: [referralId],
  });
  return rows;
}
