import { migrate, type Database, type Log } from '@liaison/postgres';

/**
 * Brings a hub's database to this version. Needs an owner who may create roles; any number of programs may do so at
 * once.
 * @throws DatabaseError `migration-edited`, `database-newer`, and those of statements.
 */
export async function migrateHub(database: Database, log: Log): Promise<void> {
  await migrate(database, { folder: new URL('../migrations/', import.meta.url), schema: 'migration', log });
}
