import type { RoutingPolicy } from '@liaison/contracts';
import { appendEvents } from '@liaison/hub-database';
import type { Queryable, RowsToInsert } from '@liaison/postgres';
import { formatUtc, type NewId } from '@liaison/service';
import type { DecidedReferral } from '../decide/decide-referral.ts';
import { decisionRows, unenrolledRows } from './decision-rows.ts';
import { deadlineRows, dueAtMs, type OpenDeadline } from './deadlines.ts';
import { dispatchRows } from './dispatches.ts';
import { providerEventRows } from './provider-events.ts';
import { markDecided } from './referrals.ts';

function noticeRows(decided: readonly DecidedReferral[], newId: NewId): RowsToInsert {
  return {
    table: 'hub.notice',
    columns: {
      id: 'uuid',
      referral_id: 'uuid',
      member_state: 'text',
      ground: 'text',
      state: 'text',
      decided_at: 'timestamptz',
    },
    rows: decided.flatMap(({ id, notices, decidedAtMs }) =>
      notices.map(({ memberState, ground }) => [
        newId(),
        id,
        memberState,
        ground,
        'decided',
        formatUtc(decidedAtMs),
      ]),
    ),
    skipExisting: true,
  };
}

function toldRows(decided: readonly DecidedReferral[]): RowsToInsert {
  return providerEventRows(
    decided.map(({ id, senderId, state, decision, decidedAtMs, event }) => ({
      eventId: event.eventId,
      senderId,
      referralId: id,
      kind: state,
      codes: state === 'manifestlyUnfounded' ? decision.criminal.reasons : [],
      until: null,
      atMs: decidedAtMs,
    })),
  );
}

/** The first send is due from acceptance; what goes to nobody has no such deadline. */
function dispatchDeadlines(decided: readonly DecidedReferral[], policy: RoutingPolicy): OpenDeadline[] {
  const kind = 'dispatch';
  return decided
    .filter(({ dispatches, missing }) => dispatches.length + missing.length > 0)
    .map(({ id, urgent, acceptedAtMs: fromMs }) => ({
      referralId: id,
      dispatchId: null,
      kind,
      urgent,
      dueAtMs: dueAtMs(policy, { kind, urgent, fromMs }),
    }));
}

/** Writes decisions with all that follows from them, in the transaction in which the referrals were claimed. */
export async function writeDecisions(
  tx: Queryable,
  decided: readonly DecidedReferral[],
  deps: { readonly policy: RoutingPolicy; readonly newId: NewId },
): Promise<void> {
  await markDecided(
    tx,
    decided.map(({ id, state, decidedAtMs }) => ({ id, state, decidedAt: formatUtc(decidedAtMs) })),
  );
  const events = decided.flatMap(({ event, noticeEvents, dispatches }) => [
    event,
    ...noticeEvents,
    ...dispatches.map((dispatch) => dispatch.event),
  ]);
  const made = decided.map(({ id: referralId, decision, missing }) => ({ referralId, decision, missing }));
  await appendEvents(tx, events, [
    decisionRows(made, deps.policy.policyVersion),
    toldRows(decided),
    ...dispatchRows(
      decided.flatMap(({ dispatches }) => dispatches),
      deps,
    ),
    noticeRows(decided, deps.newId),
    unenrolledRows(made),
    deadlineRows(dispatchDeadlines(decided, deps.policy), deps.newId),
  ]);
}
