import { validateMessage, type Decision, type ParticipantKind } from '@liaison/contracts';
import type { DirectoryIndex } from '@liaison/directory';
import { appendEvents } from '@liaison/hub-database';
import type { Database, Queryable } from '@liaison/postgres';
import { CodedError, codesOf, formatUtc } from '@liaison/service';
import {
  sealDispatch,
  type DispatchDraft,
  type SealDeps,
  type SealedDispatch,
} from '../dispatch/seal-dispatch.ts';
import { clearAlarms, raiseAlarm, type AlarmDeps } from '../store/alarms.ts';
import { dispatchRows } from '../store/dispatches.ts';
import type { Governing, ReadGoverning } from '../store/governing.ts';
import { openContent, type SealedContent } from '../store/open-content.ts';

/** What following enrolment needs. */
export interface EnrolDeps extends SealDeps, AlarmDeps {
  readonly database: Database;
  readonly readGoverning: ReadGoverning;
}

interface WaitingAddressee extends SealedContent {
  readonly referral_id: string;
  readonly decision_version: number;
  readonly member_state: string;
  readonly sender_id: string;
  readonly sender_kind: ParticipantKind;
  readonly accepted_at: string;
  readonly document: unknown;
  readonly has_failed: boolean;
}

/** One batch of what waited: how many can go now, and whether others may wait. */
export interface EnrolledBatch {
  readonly dispatched: number;
  readonly isFull: boolean;
}

const batchSize = 40;

/** Contact points by what a decision calls them: a Member State, or Europol. */
function addresseesIn(directory: DirectoryIndex): ReadonlyMap<string, string> {
  const addressees = new Map<string, string>();
  for (const { id, kind, country } of directory.document.participants) {
    if (kind === 'europol') addressees.set('europol', id);
    if (kind === 'lawEnforcement' && country !== null) addressees.set(country, id);
  }
  return addressees;
}

// What has failed before comes last and in any order, so that it never stands before what can go.
const claimSql = `
  select u.referral_id, u.decision_version, u.member_state, r.sender_id, r.sender_kind, r.accepted_at, c.document,
    m.sealed, k.wrapping_key_id, k.wrapped, f.has_failed
  from hub.unenrolled u
  join hub.referral r on r.id = u.referral_id
  join hub.decision c on c.referral_id = u.referral_id and c.version = u.decision_version
  cross join lateral (select exists (
    select from hub.alarm a where a.code = 'contentUnreadable' and a.cleared_at is null
      and a.participant_id = r.sender_id and a.subject_id = r.id::text) as has_failed) f
  left join content.message m on m.message_id = u.referral_id
  left join vault.content_key k on k.referral_id = u.referral_id
  where u.resolved_at is null and u.member_state = any($1) and r.erased_at is null
  order by f.has_failed, case when f.has_failed then random() else 0 end, u.since
  limit $2
  for update of u skip locked`;

function readDraft(row: WaitingAddressee, governing: Governing, deps: EnrolDeps): DispatchDraft {
  const { contentKey, text: jws } = openContent(deps.cipher, row.referral_id, row);
  const decision = validateMessage('decision', row.document);
  if (!decision.ok)
    throw new CodedError('decision-unreadable', 'A stored decision does not follow its schema.');
  return {
    referralId: row.referral_id,
    acceptedAt: row.accepted_at,
    sender: { participantId: row.sender_id, kind: row.sender_kind },
    jws,
    contentKey,
    decision: decision.value satisfies Decision,
    ...governing,
  };
}

async function sealWaiting(
  tx: Queryable,
  row: WaitingAddressee,
  context: { readonly addresseeId: string; readonly governing: Governing; readonly deps: EnrolDeps },
): Promise<SealedDispatch | null> {
  const { addresseeId, governing, deps } = context;
  const { referral_id: referralId, sender_id: participantId } = row;
  try {
    const draft = readDraft(row, governing, deps);
    const dispatch = await sealDispatch(draft, { addresseeId, sequence: 1 }, deps);
    await tx.query(
      `update hub.unenrolled set resolved_at = $4
       where referral_id = $1 and decision_version = $2 and member_state = $3`,
      [referralId, row.decision_version, row.member_state, formatUtc(deps.clock.nowMs())],
    );
    return dispatch;
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    deps.log.error('referral-not-dispatched', { referralId, codes: codesOf(error) });
    const alarm = { code: 'contentUnreadable', participantId, subjectId: referralId } as const;
    await raiseAlarm(tx, alarm, deps);
    return null;
  }
}

async function clearEnrolled(tx: Queryable, states: readonly string[], nowMs: number): Promise<void> {
  await tx.query(
    `update hub.alarm a set cleared_at = $2
     where a.code = 'addresseeNotEnrolled' and a.participant_id is null and a.subject_id = any($1)
       and a.cleared_at is null and not exists (
         select from hub.unenrolled u where u.member_state = a.subject_id and u.resolved_at is null)`,
    [states, formatUtc(nowMs)],
  );
}

/** Seals what was claimed. @returns how many can go. */
async function dispatchWaiting(
  tx: Queryable,
  rows: readonly WaitingAddressee[],
  { addressees, deps }: { readonly addressees: ReadonlyMap<string, string>; readonly deps: EnrolDeps },
): Promise<number> {
  const governing = await deps.readGoverning(tx);
  const dispatches: SealedDispatch[] = [];
  for (const row of rows) {
    const addresseeId = addressees.get(row.member_state);
    if (addresseeId === undefined) continue;
    const dispatch = await sealWaiting(tx, row, { addresseeId, governing, deps });
    if (dispatch === null) continue;
    dispatches.push(dispatch);
    if (row.has_failed) {
      const { sender_id: participantId, referral_id: referralId } = row;
      const alarms = { codes: ['contentUnreadable'], participantId, subjectIds: [referralId] } as const;
      await clearAlarms(tx, alarms, deps.clock.nowMs());
    }
  }
  const events = dispatches.map(({ event }) => event);
  await appendEvents(tx, events, dispatchRows(dispatches, { ...governing, newId: deps.newId }));
  return dispatches.length;
}

/**
 * Dispatches what waited for a contact point that did not exist yet, and with the last of it ends the alarm; one that
 * cannot be sealed holds up no other.
 */
export async function dispatchEnrolled(deps: EnrolDeps, directory: DirectoryIndex): Promise<EnrolledBatch> {
  const addressees = addresseesIn(directory);
  const states = [...addressees.keys()];
  return deps.database.transaction(async (tx) => {
    const { rows } = await tx.query<WaitingAddressee>(claimSql, [states, batchSize]);
    const dispatched = rows.length === 0 ? 0 : await dispatchWaiting(tx, rows, { addressees, deps });
    const isFull = rows.length === batchSize && dispatched > 0;
    if (!isFull) await clearEnrolled(tx, states, deps.clock.nowMs());
    return { dispatched, isFull };
  });
}
