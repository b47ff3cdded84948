import { closeToPublic, migrate } from '@liaison/postgres';
import type { Database, Log } from '@liaison/postgres';

/**
 * Makes a database the exchange, or brings it up to date; nobody but those registered can then connect to it.
 * @param admin connected to that database as its owner or a superuser
 * @throws DatabaseError
 */
export async function prepareExchange(admin: Database, { log }: { log: Log }): Promise<void> {
  const folder = new URL('../../migrations/', import.meta.url);
  await migrate(admin, { folder, schema: 'exchange', log });
  const { rows } = await admin.query<{ name: string }>('select current_database() as name');
  await closeToPublic(
    admin,
    rows.map(({ name }) => name),
  );
}
