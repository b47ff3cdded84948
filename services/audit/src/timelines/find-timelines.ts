import type { AuditApi } from '@liaison/contracts';
import type { Database } from '@liaison/postgres';
import type { Log } from '@liaison/service';
import { readDispatches, type FoundDispatch } from '../store/dispatches.ts';
import { readEvents, type FoundEvent } from '../store/events.ts';
import { findReferrals, type FoundReferral } from '../store/referrals.ts';
import { describeEvent, type TimelineEvent } from './describe-event.ts';

/** One referral's way. */
export type Timeline = Omit<AuditApi['schemas']['Timeline'], 'events'> & {
  readonly events: readonly TimelineEvent[];
};

interface FoundParts {
  readonly referrals: readonly FoundReferral[];
  readonly dispatches: readonly FoundDispatch[];
  readonly events: readonly FoundEvent[];
}

/** One snapshot, so that no event is missed, or seen twice, while it gets its position. */
async function readParts(database: Database, search: string): Promise<FoundParts> {
  return database.transaction(
    async (tx) => {
      const referrals = await findReferrals(tx, search);
      const ids = referrals.map(({ id }) => id);
      return { referrals, dispatches: await readDispatches(tx, ids), events: await readEvents(tx, ids) };
    },
    { isolation: 'repeatable read' },
  );
}

/** Finds timelines by a referral's id, a dispatch's id, or a sender's reference. */
export async function findTimelines(
  search: string,
  { database, log }: { readonly database: Database; readonly log: Log },
): Promise<Timeline[]> {
  const { referrals, dispatches, events } = await readParts(database, search);
  const described = await Promise.all(
    events.map(async (event) => ({ of: event.referralId, event: await describeEvent(event, log) })),
  );
  return referrals.map(({ id, ...referral }) => ({
    referralId: id,
    ...referral,
    dispatches: dispatches
      .filter(({ referralId }) => referralId === id)
      .map(({ referralId: _of, ...dispatch }) => dispatch),
    events: described.flatMap(({ of, event }) => (of === id && event !== undefined ? [event] : [])),
  }));
}
