import type { ContactPointApi } from '@liaison/contracts';
import type { Queryable } from '@liaison/postgres';
import { formatUtc } from '@liaison/service';

type Answer = ContactPointApi['schemas']['Answer'];

/** An answer that an officer can still take back. */
export interface HeldAnswer {
  readonly dispatchId: string;
  /** Its `answerId` is the one of its form. */
  readonly answer: Answer;
  readonly sendAfter: string;
}

interface HeldRow {
  readonly dispatch_id: string;
  readonly content: Answer;
  readonly send_after: string;
}

function toHeld(row: HeldRow): HeldAnswer {
  return { dispatchId: row.dispatch_id, answer: row.content, sendAfter: row.send_after };
}

/** How many answers a dispatch has: given, and held. What a form has seen, and what there is, have to be the same. */
export async function countAnswers(tx: Queryable, dispatchId: string): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    `select (select answer_count from inbox.dispatch where id = $1)
       + (select count(*) from inbox.held_answer where dispatch_id = $1) as count`,
    [dispatchId],
  );
  return rows[0]?.count ?? 0;
}

/** Holds an answer. */
export async function insertHeld(tx: Queryable, held: HeldAnswer, nowMs: number): Promise<void> {
  await tx.query(
    `insert into inbox.held_answer (id, dispatch_id, content, held_at, send_after) values ($1, $2, $3, $4, $5)`,
    [held.answer.answerId, held.dispatchId, JSON.stringify(held.answer), formatUtc(nowMs), held.sendAfter],
  );
}

/** A held answer by its id. */
export async function findHeld(tx: Queryable, answerId: string): Promise<HeldAnswer | undefined> {
  const { rows } = await tx.query<HeldRow>(
    'select dispatch_id, content, send_after from inbox.held_answer where id = $1',
    [answerId],
  );
  return rows.map(toHeld)[0];
}

/** The answers to a dispatch that are held, the next one to be sent first. */
export async function readHeld(tx: Queryable, dispatchId: string): Promise<HeldAnswer[]> {
  const { rows } = await tx.query<HeldRow>(
    'select dispatch_id, content, send_after from inbox.held_answer where dispatch_id = $1 order by send_after, id',
    [dispatchId],
  );
  return rows.map(toHeld);
}

/** Takes a held answer back, while its time has not come. @returns whether it was still there. */
export async function deleteHeld(
  tx: Queryable,
  asked: { readonly answerId: string; readonly dispatchId: string; readonly nowMs: number },
): Promise<boolean> {
  const { rows } = await tx.query(
    `delete from inbox.held_answer where id = $1 and dispatch_id = $2 and send_after > $3 returning id`,
    [asked.answerId, asked.dispatchId, formatUtc(asked.nowMs)],
  );
  return rows.length > 0;
}

/** Takes the next answer whose time has come out of those that are held; undefined where there is none. */
export async function takeDue(tx: Queryable, nowMs: number): Promise<HeldAnswer | undefined> {
  const { rows } = await tx.query<HeldRow>({
    name: 'held-take-due',
    text: `delete from inbox.held_answer where id = (
        select id from inbox.held_answer where send_after <= $1
        order by send_after, id limit 1 for update skip locked)
      returning dispatch_id, content, send_after`,
    values: [formatUtc(nowMs)],
  });
  return rows.map(toHeld)[0];
}
