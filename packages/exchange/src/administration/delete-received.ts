import type { Queryable } from '@liaison/postgres';

const maxRecordsPerCall = 1_000;

/**
 * Deletes the records of a topic that its group has committed and that are older than so many days, a thousand at a
 * time so that nobody waits for it.
 * @param database connected to the exchange as the hub's role or an administrator
 * @returns how many were deleted
 */
export async function deleteReceived(
  database: Queryable,
  { topic, olderThanDays }: { topic: string; olderThanDays: number },
): Promise<number> {
  for (let total = 0; ;) {
    const { rows } = await database.query<{ deleted: number }>(
      'select exchange.delete_received($1, make_interval(days => $2), $3) as deleted',
      [topic, olderThanDays, maxRecordsPerCall],
    );
    const deleted = rows[0]?.deleted ?? 0;
    total += deleted;
    if (deleted < maxRecordsPerCall) return total;
  }
}
