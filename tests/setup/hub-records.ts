import { decodeLeaf, type LeafEvent } from '@liaison/ledger';
import { until } from './submitting.ts';
import type { TestHub } from './test-hub.ts';

/** What the ledger says of a subject, in order, whether or not it has been given its position. */
export async function readEvents(hub: TestHub, subjectId: string): Promise<LeafEvent[]> {
  const { rows } = await hub.database.query<{ leaf: Uint8Array }>(
    `select leaf from (
       select event_id, leaf from ledger.pending union all select event_id, leaf from ledger.leaf) e
     where convert_from(leaf, 'UTF8')::jsonb ->> 'subjectId' = $1 order by event_id`,
    [subjectId],
  );
  return rows.map(({ leaf }) => {
    const decoded = decodeLeaf(leaf);
    if (!decoded.ok) throw new Error('a leaf does not decode');
    return decoded.event;
  });
}

/** The types of a subject's events, in order. */
export async function readEventTypes(hub: TestHub, subjectId: string): Promise<string[]> {
  return (await readEvents(hub, subjectId)).map(({ type }) => type);
}

const alarmColumn = `code || case when cleared_at is null then '' else ' cleared' end as alarm`;

/** Every alarm ever raised about a subject: its code, or its code and `cleared`, in order of codes. */
export async function readAlarms(hub: TestHub, subjectId: string): Promise<string[]> {
  const { rows } = await hub.database.query<{ alarm: string }>(
    `select ${alarmColumn} from hub.alarm where subject_id = $1 order by alarm`,
    [subjectId],
  );
  return rows.map(({ alarm }) => alarm);
}

/** Every alarm ever raised about a participant as such, and about nothing in particular. */
export async function readParticipantAlarms(hub: TestHub, participantId: string): Promise<string[]> {
  const { rows } = await hub.database.query<{ alarm: string }>(
    `select ${alarmColumn} from hub.alarm where participant_id = $1 and subject_id is null order by alarm`,
    [participantId],
  );
  return rows.map(({ alarm }) => alarm);
}

/** A dispatch as the hub has it. */
export interface DispatchRow {
  readonly id: string;
  readonly state: string;
  readonly refusal_code: string | null;
  readonly attempts: number;
  readonly answer: string | null;
}

const dispatchColumns = 'id, state, refusal_code, attempts, answer';

export async function readDispatch(hub: TestHub, dispatchId: string): Promise<DispatchRow> {
  const { rows } = await hub.database.query<DispatchRow>(
    `select ${dispatchColumns} from hub.dispatch where id = $1`,
    [dispatchId],
  );
  if (rows[0] === undefined) throw new Error('no such dispatch');
  return rows[0];
}

/** Waits until a referral has been decided. @returns its dispatch to an addressee. */
export async function untilDispatchTo(
  hub: TestHub,
  referralId: string,
  addresseeId: string,
): Promise<DispatchRow> {
  let found: DispatchRow | undefined;
  await until(`a dispatch to ${addresseeId}`, async () => {
    const { rows } = await hub.database.query<DispatchRow>(
      `select ${dispatchColumns} from hub.dispatch where referral_id = $1 and addressee_id = $2`,
      [referralId, addresseeId],
    );
    [found] = rows;
    return found !== undefined;
  });
  if (found === undefined) throw new Error('no such dispatch');
  return found;
}

/** Waits until a dispatch is in a state. */
export async function untilState(hub: TestHub, dispatchId: string, state: string): Promise<void> {
  await until(`a dispatch is ${state}`, async () => (await readDispatch(hub, dispatchId)).state === state);
}
