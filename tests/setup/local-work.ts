import { namesOf, type RunningLocal } from '@liaison/local';
import { vi } from 'vitest';
import { withDatabase } from './database-remains.ts';

/** The process of one part of a running Liaison. */
export function pidOf(local: RunningLocal, name: string): number {
  const pid = local.children.find((child) => child.name === name)?.pid() ?? null;
  if (pid === null) throw new Error(`${name} does not run`);
  return pid;
}

/** Waits until a query of one number on a database answers 0: nothing is left to do. */
export async function untilNothingLeft(local: RunningLocal, database: string, query: string): Promise<void> {
  await withDatabase(local, database, async (connection) => {
    await vi.waitFor(
      async () => {
        const { rows } = await connection.query<{ left: number }>(query);
        if (rows[0]?.left !== 0) throw new Error(`still left: ${rows[0]?.left ?? 'unknown'} of ${query}`);
      },
      { timeout: 20_000, interval: 50 },
    );
  });
}

/** Waits until every referral is decided, every dispatch in one of the states, and every event in the log. */
export async function untilDispatched(local: RunningLocal, ...states: readonly string[]): Promise<void> {
  const list = states.map((state) => `'${state}'`).join(', ');
  await untilNothingLeft(
    local,
    namesOf(local.installation).hubDatabase,
    `select (select count(*) from hub.referral where state = 'accepted' and erased_at is null)
       + (select count(*) from hub.dispatch where state not in (${list}, 'cancelled'))
       + (select count(*) from ledger.pending) as left`,
  );
}
