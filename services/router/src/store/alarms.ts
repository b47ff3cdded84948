import type { Queryable } from '@liaison/postgres';
import { formatUtc, type Clock, type Log, type NewId } from '@liaison/service';

/** What staff have to look at. */
export type AlarmCode =
  | 'addresseeKeyMissing'
  | 'addresseeNotEnrolled'
  | 'deadlinePassed'
  | 'dispatchDeclined'
  | 'dispatchParked'
  | 'dispatchSignatureRefused'
  | 'dispatchUndecryptable'
  | 'answerRefused'
  | 'feedbackIdReused'
  | 'receiptForOtherBytes'
  | 'recordQuarantined';

/** One alarm: about whom, about what. */
export interface Alarm {
  readonly code: AlarmCode;
  readonly participantId: string | null;
  readonly subjectId: string | null;
}

/** What raising an alarm needs. */
export interface AlarmDeps {
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
}

const raiseSql = `
  insert into hub.alarm (id, code, participant_id, subject_id, raised_at)
  select $1, $2, $3, $4, $5
  where not exists (select from hub.alarm where code = $2 and cleared_at is null
    and participant_id is not distinct from $3 and subject_id is not distinct from $4)`;

/** Raises an alarm, once as long as it stands. */
export async function raiseAlarm(
  tx: Queryable,
  alarm: Alarm,
  { clock, newId, log }: AlarmDeps,
): Promise<void> {
  const { code, participantId, subjectId } = alarm;
  const { rowCount } = await tx.query(raiseSql, [
    newId(),
    code,
    participantId,
    subjectId,
    formatUtc(clock.nowMs()),
  ]);
  if (rowCount > 0) log.warn('alarm', { code, participantId, subjectId });
}

/** Clears an alarm about a participant, whose cause is gone. */
export async function clearAlarm(
  tx: Queryable,
  alarm: { readonly code: AlarmCode; readonly participantId: string },
  nowMs: number,
): Promise<void> {
  await tx.query(
    'update hub.alarm set cleared_at = $3 where code = $1 and participant_id = $2 and cleared_at is null',
    [alarm.code, alarm.participantId, formatUtc(nowMs)],
  );
}
