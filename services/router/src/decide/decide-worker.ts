import type { DirectoryHolder } from '@liaison/directory';
import type { CountryFacts } from '@liaison/jurisdiction';
import { DatabaseError, type Database, type Queryable } from '@liaison/postgres';
import { codesOf, type ReachPoint } from '@liaison/service';
import type { SealDeps } from '../dispatch/seal-dispatch.ts';
import { clearAlarms, raiseAlarm, type AlarmDeps } from '../store/alarms.ts';
import { writeDecisions } from '../store/decisions.ts';
import type { ReadGoverning } from '../store/governing.ts';
import {
  claimReferrals,
  readEarlierAddressees,
  type ReferralQueue,
  type UndecidedReferral,
  type WaitingReferral,
} from '../store/referrals.ts';
import { traceDecided, type TraceDeps } from '../trace-steps.ts';
import { decideReferral, type DecidedReferral, type DecideContext } from './decide-referral.ts';

/** What deciding needs. */
export interface DecideDeps extends SealDeps, AlarmDeps, TraceDeps {
  readonly database: Database;
  readonly holder: DirectoryHolder;
  readonly countryFacts: CountryFacts;
  readonly readGoverning: ReadGoverning;
  readonly reach: ReachPoint;
  /** Tells the sender of parcels that something waits, and whether it is urgent. */
  readonly onSealed: (urgent: boolean) => void;
}

/** What became of a batch. */
interface Outcome {
  readonly decided: readonly DecidedReferral[];
  readonly undecided: readonly UndecidedReferral[];
}

/** A transaction of at most this many is over in a few dozen milliseconds. */
const batchSize = 40;

const nothing: Outcome = { decided: [], undecided: [] };

async function readContext(
  tx: Queryable,
  waiting: readonly WaitingReferral[],
  deps: DecideDeps,
): Promise<DecideContext | null> {
  const directory = deps.holder.current(deps.clock.nowMs());
  if (directory === null) return null;
  const related = waiting.flatMap(({ relatedTo }) => (relatedTo === null ? [] : [relatedTo]));
  return {
    ...(await deps.readGoverning(tx)),
    directory,
    countryFacts: deps.countryFacts,
    earlierAddressees: await readEarlierAddressees(tx, related),
  };
}

async function decideEach(
  waiting: readonly WaitingReferral[],
  context: DecideContext,
  deps: DecideDeps,
): Promise<Outcome> {
  const decided: DecidedReferral[] = [];
  const undecided: UndecidedReferral[] = [];
  for (const one of waiting) {
    try {
      decided.push(await decideReferral(one, context, deps));
    } catch (error) {
      undecided.push({ id: one.id, senderId: one.senderId, codes: codesOf(error) });
    }
  }
  return { decided, undecided };
}

/** Writes decisions one by one, so that one which the database refuses does not take the others with it. */
async function writeEach(
  tx: Queryable,
  outcome: Outcome,
  deps: Parameters<typeof writeDecisions>[2],
): Promise<Outcome> {
  const decided: DecidedReferral[] = [];
  const undecided = [...outcome.undecided];
  for (const one of outcome.decided) {
    await tx.query('savepoint one');
    try {
      await writeDecisions(tx, [one], deps);
      decided.push(one);
    } catch (error) {
      if (!isRefusedByDatabase(error)) throw error;
      await tx.query('rollback to savepoint one');
      undecided.push({ id: one.id, senderId: one.senderId, codes: codesOf(error) });
    }
  }
  return { decided, undecided };
}

function isRefusedByDatabase(error: unknown): boolean {
  return error instanceof DatabaseError && error.kind === 'fault';
}

/** One that cannot be decided holds up no other: it stays where it is, raises an alarm, and is tried again later. */
async function raiseAlarms(tx: Queryable, { decided, undecided }: Outcome, deps: DecideDeps): Promise<void> {
  for (const { id, senderId, codes } of undecided) {
    deps.log.error('referral-undecided', { referralId: id, codes });
    await raiseAlarm(tx, { code: 'referralUndecided', participantId: senderId, subjectId: id }, deps);
  }
  for (const state of new Set(decided.flatMap(({ missing }) => missing))) {
    await raiseAlarm(tx, { code: 'addresseeNotEnrolled', participantId: null, subjectId: state }, deps);
  }
}

async function decideClaimed(
  tx: Queryable,
  { queue, singly }: { readonly queue: ReferralQueue; readonly singly: boolean },
  deps: DecideDeps,
): Promise<Outcome> {
  const { waiting, unreadable } = await claimReferrals(tx, deps.cipher, { queue, limit: batchSize });
  if (waiting.length + unreadable.length === 0) return nothing;
  const context = await readContext(tx, waiting, deps);
  if (context === null) {
    deps.log.error('directory-expired');
    return nothing;
  }
  const writeDeps = { policy: context.policy, newId: deps.newId };
  let outcome = await decideEach(waiting, context, deps);
  if (singly) outcome = await writeEach(tx, outcome, writeDeps);
  else await writeDecisions(tx, outcome.decided, writeDeps);
  outcome = { ...outcome, undecided: [...outcome.undecided, ...unreadable] };
  await raiseAlarms(tx, outcome, deps);
  for (const { id, senderId } of queue === 'undecided' ? outcome.decided : []) {
    const alarms = { codes: ['referralUndecided'], participantId: senderId, subjectIds: [id] } as const;
    await clearAlarms(tx, alarms, deps.clock.nowMs());
  }
  await deps.reach('decide:before-commit');
  return outcome;
}

/** One batch: claims referrals, decides them, seals their dispatches, and writes all of it in one transaction. */
export async function decideBatch(queue: ReferralQueue, deps: DecideDeps): Promise<'more' | 'idle'> {
  const decide = (singly: boolean): Promise<Outcome> =>
    deps.database.transaction((tx) => decideClaimed(tx, { queue, singly }, deps));
  const { decided, undecided } = await decide(false).catch((error: unknown) => {
    if (isRefusedByDatabase(error)) return decide(true);
    throw error;
  });
  traceDecided(decided, deps);
  await deps.reach('decide:committed');
  const dispatches = decided.flatMap((one) => one.dispatches);
  if (dispatches.length > 0) deps.onSealed(dispatches.some(({ urgent }) => urgent));
  const isFull = decided.length + undecided.length === batchSize;
  // What was tried in vain is not tried again at once.
  return isFull && (queue === 'new' || decided.length > 0) ? 'more' : 'idle';
}
