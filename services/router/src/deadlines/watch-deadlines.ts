import type { ParticipantKind } from '@liaison/contracts';
import { appendEvents, type EventMaker, type PreparedEvent } from '@liaison/hub-database';
import type { Database, Queryable } from '@liaison/postgres';
import { formatUtc } from '@liaison/service';
import { raiseAlarm, type AlarmCode, type AlarmDeps } from '../store/alarms.ts';
import type { DeadlineKind } from '../store/deadlines.ts';
import { repackUnanswered } from '../store/outgoing.ts';

/** What watching needs. */
export interface WatchDeps extends AlarmDeps {
  readonly database: Database;
  readonly events: EventMaker;
  readonly hubId: string;
  /** Wakes whoever sends dispatches. */
  readonly onResent: () => void;
}

interface PassedDeadline {
  readonly id: string;
  readonly referral_id: string;
  readonly dispatch_id: string | null;
  readonly kind: DeadlineKind;
  readonly urgent: boolean;
  readonly due_at: string;
  readonly addressee_id: string | null;
  readonly addressee_kind: ParticipantKind | null;
  readonly duty_phone: string | null;
}

const batchSize = 100;

/** Of one dispatch both steps may be late, and each has an alarm of its own. */
const alarmOf: Readonly<Record<DeadlineKind, AlarmCode>> = {
  dispatch: 'dispatchOverdue',
  deliveryReceipt: 'deliveryReceiptOverdue',
  humanAcknowledgement: 'humanAcknowledgementOverdue',
};

async function claimPassed(tx: Queryable, nowMs: number): Promise<readonly PassedDeadline[]> {
  const { rows } = await tx.query<PassedDeadline>({
    name: 'claim-deadlines',
    text: `update hub.deadline l set state = 'passed', closed_at = $1
      from (
        select c.id, d.addressee_id, p.kind as addressee_kind, p.duty_phone
        from (
          select id, dispatch_id from hub.deadline where state = 'open' and due_at <= $1
          order by due_at limit $2 for update skip locked) c
        left join hub.dispatch d on d.id = c.dispatch_id
        left join hub.participant p on p.id = d.addressee_id) found
      where l.id = found.id
      returning l.id, l.referral_id, l.dispatch_id, l.kind, l.urgent, l.due_at, found.addressee_id,
        found.addressee_kind, found.duty_phone`,
    values: [formatUtc(nowMs), batchSize],
  });
  return rows;
}

/** To whom an urgent step that nobody took goes next: the telephone first, then Europol, which has its copy. */
function escalationOf(passed: PassedDeadline): string[] {
  if (!passed.urgent || passed.kind === 'dispatch') return [];
  const codes: string[] = [];
  if (passed.duty_phone !== null) codes.push('callDutyPhone');
  if (passed.addressee_kind !== 'europol') codes.push('escalateToEuropol');
  return codes;
}

async function preparePassed(passed: PassedDeadline, deps: WatchDeps): Promise<PreparedEvent> {
  const { addressee_id: addressee } = passed;
  return deps.events.prepare({
    type: 'deadlinePassed',
    atMs: deps.clock.nowMs(),
    subjectId: passed.dispatch_id ?? passed.referral_id,
    actorId: deps.hubId,
    facts: {
      kind: passed.kind,
      ...(addressee === null ? {} : { addressee }),
      referralId: passed.referral_id,
      state: 'passed',
      codes: [passed.urgent ? 'urgent' : 'ordinary', ...escalationOf(passed)],
    },
    details: { dueAt: passed.due_at },
    referralId: passed.referral_id,
    audience: null,
  });
}

/**
 * Sends anew what has no receipt when it is overdue: its record may be gone with a topic, a retention that was too short,
 * or a database that was restored. An addressee who has it gives the same receipt again.
 */
async function resendUnanswered(
  tx: Queryable,
  passed: readonly PassedDeadline[],
  deps: WatchDeps,
): Promise<number> {
  const ids = passed.flatMap(({ dispatch_id: id }) => id ?? []);
  return ids.length === 0 ? 0 : repackUnanswered(tx, { dispatchIds: ids }, deps.clock.nowMs());
}

/**
 * Records each deadline that has passed: the hub itself gives evidence of what did not happen (as the negative evidence
 * of ETSI-REM), and raises the alarm.
 */
export async function watchDeadlines(deps: WatchDeps): Promise<'more' | 'idle'> {
  let resent = 0;
  const count = await deps.database.transaction(async (tx) => {
    const passed = await claimPassed(tx, deps.clock.nowMs());
    const events: PreparedEvent[] = [];
    for (const one of passed) {
      events.push(await preparePassed(one, deps));
      const subjectId = one.dispatch_id ?? one.referral_id;
      await raiseAlarm(tx, { code: alarmOf[one.kind], participantId: one.addressee_id, subjectId }, deps);
    }
    await appendEvents(tx, events);
    resent = await resendUnanswered(tx, passed, deps);
    return passed.length;
  });
  if (resent > 0) deps.onResent();
  return count === batchSize ? 'more' : 'idle';
}
