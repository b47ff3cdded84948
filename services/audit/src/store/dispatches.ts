import type { Queryable } from '@liaison/postgres';

/** A dispatch of a referral. */
export interface FoundDispatch {
  readonly referralId: string;
  readonly dispatchId: string;
  readonly addressee: string;
  readonly country: string | null;
  readonly state: string;
  readonly attempts: number;
  readonly sealedAt: string;
  readonly sentAt: string | null;
  readonly receiptedAt: string | null;
}

/** Dispatches of these referrals, oldest first. */
export async function readDispatches(
  tx: Queryable,
  referralIds: readonly string[],
): Promise<readonly FoundDispatch[]> {
  const { rows } = await tx.query<FoundDispatch>({
    name: 'audit-read-dispatches',
    text: `
      select referral_id as "referralId", id as "dispatchId", addressee_id as addressee, country, state, attempts,
        sealed_at as "sealedAt", sent_at as "sentAt", receipted_at as "receiptedAt"
      from audit.dispatch where referral_id = any($1) order by sealed_at, addressee_id, id`,
    values: [referralIds],
  });
  return rows;
}
