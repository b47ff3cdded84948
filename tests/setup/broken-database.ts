import { namesOf, type RunningLocal } from '@liaison/local';
import type { Queryable } from '@liaison/postgres';
import { vi } from 'vitest';
import { withDatabase } from './database-remains.ts';

/** A table that takes no row any more, as when a migration went wrong. */
export interface ClosedTable {
  readonly open: () => Promise<void>;
}

/** Lets every statement fail that writes a row to a table; the server's error then quotes that row. */
export async function closeTable(local: RunningLocal, database: string, table: string): Promise<ClosedTable> {
  const alter = (change: string): Promise<void> =>
    withDatabase(local, database, async (admin) => {
      await admin.query(`alter table ${table} ${change}`);
    });
  await alter('add constraint closed check (false) not valid');
  return { open: () => alter('drop constraint closed') };
}

/** The process of the server that waits for a lock in a statement of the intake. */
async function waitForBlocked(watcher: Queryable): Promise<number> {
  return vi.waitFor(
    async () => {
      const { rows } = await watcher.query<{ pid: number }>(
        `select pid from pg_stat_activity where wait_event_type = 'Lock' and query like '%intake.accept%'`,
      );
      if (rows[0] === undefined) throw new Error('nothing waits');
      return rows[0].pid;
    },
    { timeout: 10_000, interval: 20 },
  );
}

/**
 * Kills the process of the server that accepts a referral, while it does: the server ends all the others as well, and
 * would say in its log what the killed one was doing.
 */
export async function killWhileAccepting(local: RunningLocal, submit: () => void): Promise<void> {
  await withDatabase(local, namesOf(local.installation).hubDatabase, async (holder) => {
    await holder.query('begin');
    await holder.query('lock table hub.referral in access exclusive mode');
    submit();
    await withDatabase(local, 'postgres', async (watcher) => {
      process.kill(await waitForBlocked(watcher), 'SIGKILL');
    });
  });
}
