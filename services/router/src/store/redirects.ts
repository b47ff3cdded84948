import { validateMessage, type Decision, type ParticipantKind } from '@liaison/contracts';
import type { Queryable } from '@liaison/postgres';
import type { SealedContent } from './open-content.ts';

/** A referral whose decision may change, locked until the transaction ends. */
export interface DecidedContent extends SealedContent {
  readonly senderId: string;
  readonly senderKind: ParticipantKind;
  readonly acceptedAt: string;
  /** The latest decision. */
  readonly decision: Decision;
}

interface Row extends SealedContent {
  readonly sender_id: string;
  readonly sender_kind: ParticipantKind;
  readonly accepted_at: string;
  readonly document: unknown;
}

/** Locks a referral and reads its latest decision; null where it was erased. */
export async function lockDecided(tx: Queryable, referralId: string): Promise<DecidedContent | null> {
  const { rows } = await tx.query<Row>(
    `select r.sender_id, r.sender_kind, r.accepted_at, c.document, m.sealed, k.wrapping_key_id, k.wrapped
     from hub.referral r
     cross join lateral (
       select d.document from hub.decision d where d.referral_id = r.id order by d.version desc limit 1) c
     left join content.message m on m.message_id = r.id
     left join vault.content_key k on k.referral_id = r.id
     where r.id = $1 and r.erased_at is null
     for no key update of r`,
    [referralId],
  );
  const [row] = rows;
  const decision = validateMessage('decision', row?.document);
  if (row === undefined || !decision.ok) return null;
  return {
    ...row,
    senderId: row.sender_id,
    senderKind: row.sender_kind,
    acceptedAt: row.accepted_at,
    decision: decision.value,
  };
}

/** One addressee of a referral so far. */
export interface FormerAddressee {
  readonly addresseeId: string;
  readonly declined: boolean;
  /** Highest sequence that was sent to it. */
  readonly sequence: number;
}

/** Whom a referral was dispatched to, and the states (or `europol`) for whose contact point it waits. */
export async function readFormerAddressees(
  tx: Queryable,
  referralId: string,
): Promise<{ readonly dispatched: readonly FormerAddressee[]; readonly waiting: readonly string[] }> {
  const dispatched = await tx.query<{ addressee_id: string; declined: boolean; sequence: number }>(
    `select addressee_id, bool_or(answer is not distinct from 'declined') as declined, max("sequence") as "sequence"
     from hub.dispatch where referral_id = $1 and state <> 'cancelled' group by addressee_id`,
    [referralId],
  );
  const waiting = await tx.query<{ member_state: string }>(
    'select member_state from hub.unenrolled where referral_id = $1 and resolved_at is null',
    [referralId],
  );
  return {
    dispatched: dispatched.rows.map(({ addressee_id: addresseeId, declined, sequence }) => ({
      addresseeId,
      declined,
      sequence,
    })),
    waiting: waiting.rows.map((row) => row.member_state),
  };
}
