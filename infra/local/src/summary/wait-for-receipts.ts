import { setTimeout as sleep } from 'node:timers/promises';
import type { Queryable } from '@liaison/postgres';

/** What is still under way at the hub. */
interface UnderWay {
  readonly undecided: number;
  readonly undelivered: number;
  readonly unsequenced: number;
}

const pollMs = 100;
/** Nothing has moved for so long: what is missing now will be missing. */
const patienceMs = 20_000;

async function readUnderWay(hub: Queryable): Promise<UnderWay> {
  const { rows } = await hub.query<{ undecided: number; undelivered: number; unsequenced: number }>(
    `select (select count(*) from hub.referral where state = 'accepted' and erased_at is null) as undecided,
       (select count(*) from hub.dispatch where state in ('sealed', 'sending', 'sent', 'parked')) as undelivered,
       (select count(*) from ledger.pending) as unsequenced`,
  );
  return rows[0] ?? { undecided: 0, undelivered: 0, unsequenced: 0 };
}

/** Waits until every dispatch has its signed receipt and every event its place in the ledger, or nothing moves. */
export async function waitForReceipts(
  hub: Queryable,
  options: { readonly signal: AbortSignal; readonly onUnderWay: (dispatches: number) => void },
): Promise<void> {
  let last = '';
  let movedMs = Date.now();
  while (!options.signal.aborted) {
    const now = await readUnderWay(hub);
    options.onUnderWay(now.undecided + now.undelivered);
    if (now.undecided + now.undelivered + now.unsequenced === 0) return;
    const state = JSON.stringify(now);
    if (state !== last) movedMs = Date.now();
    if (Date.now() - movedMs > patienceMs) return;
    last = state;
    await sleep(pollMs);
  }
}
