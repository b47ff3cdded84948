import type { Queryable } from '@liaison/postgres';
import { formatUtc, type Clock, type Log, type NewId } from '@liaison/service';

/** What staff have to look at. */
export type AlarmCode =
  | 'addresseeKeyMissing'
  | 'addresseeNotEnrolled'
  | 'answerRefused'
  | 'contentUnreadable'
  | 'deliveryReceiptOverdue'
  | 'dispatchDeclined'
  | 'dispatchOverdue'
  | 'dispatchParked'
  | 'dispatchSignatureRefused'
  | 'dispatchUndecryptable'
  | 'exchangeTopicMissing'
  | 'feedbackIdReused'
  | 'humanAcknowledgementOverdue'
  | 'parcelNotPacked'
  | 'receiptForOtherBytes'
  | 'recordQuarantined'
  | 'referralUndecided';

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
  /** Counts what is raised, for the metrics. */
  readonly countAlarm: (code: AlarmCode) => void;
}

const raiseSql = `
  insert into hub.alarm (id, code, participant_id, subject_id, raised_at)
  select $1, $2, $3, $4, $5
  where not exists (select from hub.alarm where code = $2 and cleared_at is null
    and participant_id is not distinct from $3 and subject_id is not distinct from $4)`;

/** Raises an alarm, once as long as it stands. */
export async function raiseAlarm(tx: Queryable, alarm: Alarm, deps: AlarmDeps): Promise<void> {
  const { code, participantId, subjectId } = alarm;
  const { rowCount } = await tx.query(raiseSql, [
    deps.newId(),
    code,
    participantId,
    subjectId,
    formatUtc(deps.clock.nowMs()),
  ]);
  if (rowCount === 0) return;
  deps.log.warn('alarm', { code, participantId, subjectId });
  deps.countAlarm(code);
}

/** Clears what stands of one code about these participants. */
export async function clearStanding(
  tx: Queryable,
  alarms: { readonly code: AlarmCode; readonly participantIds: readonly string[]; readonly nowMs: number },
): Promise<void> {
  await tx.query(
    'update hub.alarm set cleared_at = $3 where code = $1 and participant_id = any($2) and cleared_at is null',
    [alarms.code, alarms.participantIds, formatUtc(alarms.nowMs)],
  );
}

/** Clears alarms about a participant whose cause is gone: those about these subjects, or about none where absent. */
export async function clearAlarms(
  tx: Queryable,
  alarms: {
    readonly codes: readonly AlarmCode[];
    readonly participantId: string;
    readonly subjectIds?: readonly string[];
  },
  nowMs: number,
): Promise<void> {
  await tx.query(
    `update hub.alarm set cleared_at = $4
     where code = any($1) and participant_id = $2 and cleared_at is null
       and (subject_id = any($3) or ($3::text[] is null and subject_id is null))`,
    [alarms.codes, alarms.participantId, alarms.subjectIds ?? null, formatUtc(nowMs)],
  );
}
