import type { RoutingPolicy } from '@liaison/contracts';
import { appendEvents } from '@liaison/hub-database';
import type { Queryable, RowsToInsert } from '@liaison/postgres';
import { formatUtc, type NewId } from '@liaison/service';
import type { DecidedReferral } from '../decide/decide-referral.ts';
import { deadlineRows, dueAtMs, type OpenDeadline } from './deadlines.ts';
import { dispatchRows } from './dispatches.ts';
import { providerEventRows } from './provider-events.ts';
import { markDecided } from './referrals.ts';

function decisionRows(decided: readonly DecidedReferral[], policy: RoutingPolicy): RowsToInsert {
  return {
    table: 'hub.decision',
    columns: {
      referral_id: 'uuid',
      version: 'integer',
      policy_version: 'text',
      document: 'jsonb',
      decided_at: 'timestamptz',
    },
    rows: decided.map(({ id, decision, decidedAtMs }) => [
      id,
      decision.version,
      policy.policyVersion,
      JSON.stringify(decision),
      formatUtc(decidedAtMs),
    ]),
  };
}

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

/** Addressees without a contact point wait here; the referral is never sent elsewhere in their stead. */
function missingRows(decided: readonly DecidedReferral[]): RowsToInsert {
  return {
    table: 'hub.unenrolled',
    columns: { referral_id: 'uuid', decision_version: 'integer', member_state: 'text', since: 'timestamptz' },
    rows: decided.flatMap(({ id, decision, missing, decidedAtMs }) =>
      missing.map((addressee) => [id, decision.version, addressee, formatUtc(decidedAtMs)]),
    ),
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
  await appendEvents(tx, events, [
    decisionRows(decided, deps.policy),
    toldRows(decided),
    ...dispatchRows(
      decided.flatMap(({ dispatches }) => dispatches),
      deps,
    ),
    noticeRows(decided, deps.newId),
    missingRows(decided),
    deadlineRows(dispatchDeadlines(decided, deps.policy), deps.newId),
  ]);
}
