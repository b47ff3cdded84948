import { createDatabase, dropDatabase } from '@liaison/postgres';
import { silentLog } from '@liaison/service';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { grantHubLogin, migrateHub } from '../src/index.ts';
import { createHubFixture, sqlstateOf, type HubFixture } from './hub-fixture.ts';

let hub: HubFixture;

beforeAll(async () => {
  hub = await createHubFixture();
});
afterAll(() => hub.close());

async function describeSchema(): Promise<unknown> {
  const { rows } = await hub.owner.query(
    `select n.nspname, c.relname, c.relkind, c.relacl::text, obj_description(c.oid) as comment
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema' order by 1, 2`,
  );
  return rows;
}

test('migrating again changes nothing', async () => {
  const before = await describeSchema();
  await migrateHub(hub.owner, silentLog);
  expect(await describeSchema()).toEqual(before);
});

test('several databases of one server are migrated at the same time, by several programs, and share the roles', async () => {
  const names = [0, 1, 2].map((index) => `${hub.name}_${index}`);
  for (const name of names) await createDatabase(hub.owner, { name });
  const databases = names.map((name) => hub.openAsOwner(name));
  await Promise.all(databases.flatMap((database) => [0, 1].map(() => migrateHub(database, silentLog))));
  for (const database of databases) {
    const { rows } = await database.query<{ count: number }>(
      `select count(*) as count from pg_tables where schemaname = 'vault'`,
    );
    // Thirty-two partitions and what they are partitions of.
    expect(rows).toEqual([{ count: 33 }]);
    await database.end();
  }
  for (const name of names) await dropDatabase(hub.owner, name);
});

describe('a login', () => {
  const login = (password: string) =>
    ({ service: 'audit', database: hub.name, name: `again_${hub.name}`, password }) as const;
  const statement = 'select from audit.referral';

  test('gets a new password, and the old one opens nothing any more', async () => {
    await grantHubLogin(hub.owner, login('first-password'));
    const first = hub.openAs(login('first-password'));
    await first.query(statement);
    await grantHubLogin(hub.owner, login('second-password'));
    expect(await sqlstateOf(hub.openAs(login('first-password')).query(statement))).toBe('28P01');
    expect(await sqlstateOf(hub.openAs(login('second-password')).query(statement))).toBeNull();
  });
});
