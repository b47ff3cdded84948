import { hubChannels } from '@liaison/hub-database';
import type { Database } from '@liaison/postgres';
import type { Clock } from '@liaison/service';
import { repackUnanswered } from '../store/outgoing.ts';

/**
 * Sends an addressee again everything that it has not receipted, in the same signed bytes: for when its records are gone with
 * a topic, a retention that was too short, or a database that was restored. What it has, it receipts again and keeps once.
 * @returns how many dispatches go again
 */
export async function resendDispatches(
  database: Database,
  addresseeId: string,
  { clock }: { readonly clock: Clock },
): Promise<number> {
  return database.transaction(async (tx) => {
    const resent = await repackUnanswered(tx, { addresseeId }, clock.nowMs());
    await tx.query('select pg_notify($1, $2)', [hubChannels.sealed, '']);
    return resent;
  });
}
