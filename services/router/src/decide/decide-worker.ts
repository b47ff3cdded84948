import type { DirectoryHolder } from '@liaison/directory';
import type { CountryFacts } from '@liaison/jurisdiction';
import type { Database, Queryable } from '@liaison/postgres';
import { codesOf, type Log, type ReachPoint } from '@liaison/service';
import type { SealDeps } from '../dispatch/seal-dispatch.ts';
import { writeDecisions } from '../store/decisions.ts';
import type { ReadGoverning } from '../store/governing.ts';
import { claimReferrals, readEarlierAddressees, type WaitingReferral } from '../store/referrals.ts';
import { decideReferral, type DecidedReferral, type DecideContext } from './decide-referral.ts';

/** What deciding needs. */
export interface DecideDeps extends SealDeps {
  readonly database: Database;
  readonly holder: DirectoryHolder;
  readonly countryFacts: CountryFacts;
  readonly readGoverning: ReadGoverning;
  readonly log: Log;
  readonly reach: ReachPoint;
  /** Tells the sender of parcels that something waits, and whether it is urgent. */
  readonly onSealed: (urgent: boolean) => void;
}

/** A transaction of at most this many is over in a few dozen milliseconds. */
const batchSize = 40;

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

/** One that cannot be decided holds up no other: it stays where it is, and says so. */
async function decideEach(
  waiting: readonly WaitingReferral[],
  context: DecideContext,
  deps: DecideDeps,
): Promise<DecidedReferral[]> {
  const decided: DecidedReferral[] = [];
  for (const one of waiting) {
    try {
      decided.push(await decideReferral(one, context, deps));
    } catch (error) {
      deps.log.error('referral-undecided', { referralId: one.id, codes: codesOf(error) });
    }
  }
  return decided;
}

/** One batch: claims referrals, decides them, seals their dispatches, and writes all of it in one transaction. */
export async function decideBatch(deps: DecideDeps): Promise<'more' | 'idle'> {
  const outcome = await deps.database.transaction(async (tx) => {
    const waiting = await claimReferrals(tx, deps.cipher, batchSize);
    if (waiting.length === 0) return { claimed: 0, decided: [] };
    const context = await readContext(tx, waiting, deps);
    if (context === null) {
      deps.log.error('directory-expired');
      return { claimed: 0, decided: [] };
    }
    const decided = await decideEach(waiting, context, deps);
    await writeDecisions(tx, decided, { policy: context.policy, newId: deps.newId });
    await deps.reach('decide:before-commit');
    return { claimed: waiting.length, decided };
  });
  await deps.reach('decide:committed');
  const dispatches = outcome.decided.flatMap((one) => one.dispatches);
  if (dispatches.length > 0) deps.onSealed(dispatches.some(({ urgent }) => urgent));
  return outcome.claimed === batchSize && outcome.decided.length > 0 ? 'more' : 'idle';
}
