import type { RoutingPolicy } from '@liaison/contracts';
import { appendEvents } from '@liaison/hub-database';
import type { Queryable } from '@liaison/postgres';
import { formatUtc, type NewId } from '@liaison/service';
import type { DecidedReferral } from '../decide/decide-referral.ts';
import { insertDispatches } from './dispatches.ts';
import { insertRows } from './insert-rows.ts';
import { insertProviderEvents } from './provider-events.ts';
import { markDecided } from './referrals.ts';

/** The ledger's latest checkpoint, which every dispatch carries to its addressee; null before the first. */
export async function readLatestCheckpoint(tx: Queryable): Promise<string | null> {
  const { rows } = await tx.query<{ note: string }>(
    'select note from ledger.checkpoint order by size desc limit 1',
  );
  return rows[0]?.note ?? null;
}

async function insertNotices(
  tx: Queryable,
  decided: readonly DecidedReferral[],
  newId: NewId,
): Promise<void> {
  await insertRows(tx, {
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
    onConflict: 'do nothing',
  });
}

/** Addressees without a contact point wait here; the referral is never sent elsewhere in their stead. */
async function insertMissing(tx: Queryable, decided: readonly DecidedReferral[]): Promise<void> {
  await insertRows(tx, {
    table: 'hub.unenrolled',
    columns: { referral_id: 'uuid', decision_version: 'integer', member_state: 'text', since: 'timestamptz' },
    rows: decided.flatMap(({ id, decision, missing, decidedAtMs }) =>
      missing.map((addressee) => [id, decision.version, addressee, formatUtc(decidedAtMs)]),
    ),
  });
}

/** Writes decisions with all that follows from them, in the transaction in which the referrals were claimed. */
export async function writeDecisions(
  tx: Queryable,
  decided: readonly DecidedReferral[],
  deps: { readonly policy: RoutingPolicy; readonly newId: NewId },
): Promise<void> {
  const { policy, newId } = deps;
  await insertRows(tx, {
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
  });
  await markDecided(
    tx,
    decided.map(({ id, state, decidedAtMs }) => ({ id, state, decidedAt: formatUtc(decidedAtMs) })),
  );
  await insertProviderEvents(
    tx,
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
  await insertDispatches(
    tx,
    decided.flatMap(({ dispatches }) => dispatches),
    deps,
  );
  await insertNotices(tx, decided, newId);
  await insertMissing(tx, decided);
  await closeDispatchDeadlines(tx, decided);
  await appendEvents(
    tx,
    decided.flatMap(({ event, noticeEvents, dispatches }) => [
      event,
      ...noticeEvents,
      ...dispatches.map((dispatch) => dispatch.event),
    ]),
  );
}

/** What has nobody to go to has met its deadline for dispatch. */
async function closeDispatchDeadlines(tx: Queryable, decided: readonly DecidedReferral[]): Promise<void> {
  const done = decided.filter(({ dispatches, missing }) => dispatches.length === 0 && missing.length === 0);
  const [first] = done;
  if (first === undefined) return;
  await tx.query(
    `update hub.deadline set state = 'met', closed_at = $2
     where referral_id = any($1) and kind = 'dispatch' and state = 'open'`,
    [done.map(({ id }) => id), formatUtc(first.decidedAtMs)],
  );
}
