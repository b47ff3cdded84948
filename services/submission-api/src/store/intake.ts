import type { PreparedEvent, WrappedKey } from '@liaison/hub-database';
import type { Database, Queryable } from '@liaison/postgres';
import { formatUtc } from '@liaison/service';
import type { OpenedReferral } from '../open-referral.ts';

/** An opened referral with everything that is written with it. */
export interface Acceptance {
  readonly referralId: string;
  readonly acceptedAtMs: number;
  readonly opened: OpenedReferral;
  readonly receipt: string;
  readonly sealed: Uint8Array;
  readonly wrapped: WrappedKey;
  readonly event: PreparedEvent;
}

/** What the database made of it; a retry gets the id and receipt of the first time. */
export type Accepted =
  | { readonly outcome: 'accepted' | 'duplicate'; readonly referralId: string; readonly receipt: string }
  | { readonly outcome: 'conflict' | 'erased'; readonly referralId: string }
  | { readonly outcome: 'relationUnknown' };

interface AcceptedRow {
  readonly outcome: 'accepted' | 'duplicate' | 'conflict' | 'erased' | 'relationUnknown';
  readonly referral_id: string | null;
  readonly receipt: string | null;
}

function toAccepted(row: AcceptedRow): Accepted {
  const { outcome, referral_id: referralId, receipt } = row;
  switch (outcome) {
    case 'accepted':
    case 'duplicate':
      return { outcome, referralId: referralId ?? '', receipt: receipt ?? '' };
    case 'conflict':
    case 'erased':
      return { outcome, referralId: referralId ?? '' };
    case 'relationUnknown':
      return { outcome };
    default:
      return outcome satisfies never;
  }
}

/** Writes an acceptance; durable when the transaction commits. */
export async function insertAcceptance(tx: Queryable, acceptance: Acceptance): Promise<Accepted> {
  const { referral, digest, kid, sender } = acceptance.opened;
  const { rows } = await tx.query<AcceptedRow>({
    name: 'intake-accept',
    text: `select outcome, referral_id, receipt from intake.accept(
      $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
    values: [
      acceptance.referralId,
      sender.id,
      sender.kind,
      referral.referralKind,
      referral.providerReference,
      digest,
      kid,
      referral.relation?.type ?? null,
      referral.relation?.reference ?? null,
      referral.urgency.claimed,
      formatUtc(acceptance.acceptedAtMs),
      acceptance.receipt,
      acceptance.sealed,
      acceptance.wrapped.wrappingKeyId,
      acceptance.wrapped.wrapped,
      acceptance.event.eventId,
      acceptance.event.leaf,
      acceptance.event.salt,
      acceptance.event.details,
    ],
  });
  const [row] = rows;
  if (row === undefined) throw new TypeError('intake.accept answered nothing');
  return toAccepted(row);
}

/** The newest signed directory; null before the first. */
export async function readDirectoryJws(database: Database): Promise<string | null> {
  const { rows } = await database.query<{ jws: string | null }>('select intake.read_directory() as jws');
  return rows[0]?.jws ?? null;
}

/** Whether a token's id is used for the first time. */
export async function useRequestId(
  database: Database,
  request: { readonly id: string; readonly expiresAtMs: number; readonly nowMs: number },
): Promise<boolean> {
  const { rows } = await database.query<{ first: boolean }>(
    'select intake.use_request($1, $2, $3) as first',
    [request.id, formatUtc(request.expiresAtMs), formatUtc(request.nowMs)],
  );
  return rows[0]?.first === true;
}

/** A committed write: what readiness has to prove. */
export async function writeProbe(database: Database, nowMs: number): Promise<void> {
  await database.query(`select intake.write_probe('submission-api', $1)`, [formatUtc(nowMs)]);
}
