import { setTimeout as sleep } from 'node:timers/promises';
import { namesOf, urlOf, type RunningLocal } from '@liaison/local';
import { connect } from '@liaison/postgres';
import { silentLog } from '@liaison/service';

const withinMs = 60_000;
const pauseMs = 100;

/** Waits until every referral is decided, every dispatch receipted and every event in the log. */
export async function waitForReceipts(local: RunningLocal): Promise<void> {
  const database = connect({
    url: urlOf(local.server, namesOf(local.installation).hubDatabase),
    applicationName: 'fuzz',
    maxConnections: 1,
    log: silentLog,
  });
  try {
    for (const endMs = Date.now() + withinMs; ;) {
      const { rows } = await database.query<{ left: number }>(
        `select ((select count(*) from hub.referral where state = 'accepted')
           + (select count(*) from hub.dispatch where state not in ('receipted', 'cancelled'))
           + (select count(*) from ledger.pending))::int as left`,
        [],
      );
      if (rows[0]?.left === 0) return;
      if (Date.now() > endMs) throw new Error('the hub does not come to rest');
      await sleep(pauseMs);
    }
  } finally {
    await database.end();
  }
}
