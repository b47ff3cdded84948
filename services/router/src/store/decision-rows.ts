import type { Decision } from '@liaison/contracts';
import type { RowsToInsert } from '@liaison/postgres';

/** A decision on a referral. */
export interface DecisionOf {
  readonly referralId: string;
  readonly decision: Decision;
}

/** The rows of decisions, with the policy that they were made under. */
export function decisionRows(decisions: readonly DecisionOf[], policyVersion: string): RowsToInsert {
  return {
    table: 'hub.decision',
    columns: {
      referral_id: 'uuid',
      version: 'integer',
      policy_version: 'text',
      document: 'jsonb',
      decided_at: 'timestamptz',
    },
    rows: decisions.map(({ referralId, decision }) => [
      referralId,
      decision.version,
      policyVersion,
      JSON.stringify(decision),
      decision.decidedAt,
    ]),
  };
}

/** The rows of addressees without a contact point: they wait, and the referral is never sent elsewhere in their stead. */
export function unenrolledRows(
  waiting: readonly (DecisionOf & { readonly missing: readonly string[] })[],
): RowsToInsert {
  return {
    table: 'hub.unenrolled',
    columns: { referral_id: 'uuid', decision_version: 'integer', member_state: 'text', since: 'timestamptz' },
    rows: waiting.flatMap(({ referralId, decision, missing }) =>
      missing.map((addressee) => [referralId, decision.version, addressee, decision.decidedAt]),
    ),
  };
}
