import type { ContactPointApi } from '@liaison/contracts';
import type { Queryable } from '@liaison/postgres';
import { formatUtc } from '@liaison/service';

type QueuedAnswer = ContactPointApi['schemas']['QueuedAnswer'];
type DispatchState = ContactPointApi['schemas']['DispatchState'];

/** A dispatch that is being answered, locked until the transaction ends. */
export interface LockedDispatch {
  readonly id: string;
  readonly referralId: string;
  readonly policyVersion: string;
  readonly state: DispatchState;
  readonly answerCount: number;
}

/** Locks a dispatch, so that its answers are numbered one after the other. */
export async function lockDispatch(tx: Queryable, id: string): Promise<LockedDispatch | undefined> {
  const { rows } = await tx.query<{
    referral_id: string;
    policy_version: string;
    state: DispatchState;
    answer_count: number;
  }>('select referral_id, policy_version, state, answer_count from inbox.dispatch where id = $1 for update', [
    id,
  ]);
  const [row] = rows;
  if (row === undefined) return undefined;
  return {
    id,
    referralId: row.referral_id,
    policyVersion: row.policy_version,
    state: row.state,
    answerCount: row.answer_count,
  };
}

/** Sets where the authority stands with a dispatch; a case number, once given, stays. */
export async function setDispatchState(
  tx: Queryable,
  change: {
    readonly id: string;
    readonly state: DispatchState;
    readonly caseNumber: string | null;
    readonly answerCount: number;
  },
): Promise<void> {
  await tx.query(
    `update inbox.dispatch set state = $2, case_number = coalesce($3, case_number), answer_count = $4 where id = $1`,
    [change.id, change.state, change.caseNumber, change.answerCount],
  );
}

/** An answer as it is stored. */
export interface NewAnswer {
  readonly answerId: string;
  readonly feedbackId: string;
  readonly dispatchId: string;
  readonly kind: string;
  readonly sequence: number;
  readonly contentDigest: string;
  readonly digest: string;
  readonly jws: string;
  readonly answeredAtMs: number;
}

/** Stores an answer to be sent. */
export async function insertAnswer(tx: Queryable, answer: NewAnswer): Promise<QueuedAnswer> {
  const answeredAt = formatUtc(answer.answeredAtMs);
  await tx.query(
    `insert into inbox.answer (id, feedback_id, dispatch_id, kind, "sequence", content_digest, digest, jws, state,
       answered_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, 'queued', $9)`,
    [
      answer.answerId,
      answer.feedbackId,
      answer.dispatchId,
      answer.kind,
      answer.sequence,
      answer.contentDigest,
      answer.digest,
      answer.jws,
      answeredAt,
    ],
  );
  const { answerId, feedbackId, kind, sequence } = answer;
  return { answerId, feedbackId, kind, sequence, state: 'queued', answeredAt };
}

interface AnswerRow {
  readonly id: string;
  readonly feedback_id: string;
  readonly dispatch_id: string;
  readonly kind: string;
  readonly sequence: number;
  readonly content_digest: string;
  readonly state: 'queued' | 'sending' | 'sent' | 'receipted' | 'refused';
  readonly answered_at: string;
}

function toQueued(row: AnswerRow): QueuedAnswer {
  return {
    answerId: row.id,
    feedbackId: row.feedback_id,
    kind: row.kind,
    sequence: row.sequence,
    state: row.state === 'sending' ? 'queued' : row.state,
    answeredAt: row.answered_at,
  };
}

const columns = 'id, feedback_id, dispatch_id, kind, "sequence", content_digest, state, answered_at';

/** An answer that was given before; null where its id is new. Who asks for the same id at the same time waits. */
export async function lockAnswer(
  tx: Queryable,
  answerId: string,
): Promise<{ dispatchId: string; contentDigest: string; queued: QueuedAnswer } | null> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [answerId]);
  const { rows } = await tx.query<AnswerRow>(`select ${columns} from inbox.answer where id = $1`, [answerId]);
  const [row] = rows;
  if (row === undefined) return null;
  return { dispatchId: row.dispatch_id, contentDigest: row.content_digest, queued: toQueued(row) };
}

/** The answers to a dispatch, in their order. */
export async function readAnswers(tx: Queryable, dispatchId: string): Promise<QueuedAnswer[]> {
  const { rows } = await tx.query<AnswerRow>(
    `select ${columns} from inbox.answer where dispatch_id = $1 order by "sequence"`,
    [dispatchId],
  );
  return rows.map(toQueued);
}
