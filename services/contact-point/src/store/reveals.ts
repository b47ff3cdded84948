import type { Queryable } from '@liaison/postgres';

/** Why an address is shown. */
export const revealPurposes = ['removal', 'hosting', 'evidence', 'victimIdentification', 'export'] as const;
export type RevealPurpose = (typeof revealPurposes)[number];

/** That an address was shown, once. */
export interface Reveal {
  readonly id: string;
  readonly dispatchId: string;
  /** JSON Pointer into the referral. */
  readonly pointer: string;
  readonly purpose: RevealPurpose;
  readonly at: string;
}

/** Records a reveal before anything is shown. @returns false: that form was used before. */
export async function insertReveal(tx: Queryable, reveal: Reveal): Promise<boolean> {
  const { rows } = await tx.query(
    `insert into inbox.reveal (id, dispatch_id, pointer, purpose, at) values ($1, $2, $3, $4, $5)
     on conflict (id) do nothing returning id`,
    [reveal.id, reveal.dispatchId, reveal.pointer, reveal.purpose, reveal.at],
  );
  return rows.length > 0;
}

/** The reveals of a dispatch, first first. */
export async function readReveals(tx: Queryable, dispatchId: string): Promise<Omit<Reveal, 'id'>[]> {
  const { rows } = await tx.query<{ pointer: string; purpose: RevealPurpose; at: string }>(
    'select pointer, purpose, at from inbox.reveal where dispatch_id = $1 order by at, id',
    [dispatchId],
  );
  return rows.map((row) => ({ dispatchId, ...row }));
}
