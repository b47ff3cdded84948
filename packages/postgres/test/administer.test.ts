import { randomUUID } from 'node:crypto';

import { expect, inject, onTestFinished, test } from 'vitest';

import {
  changePassword,
  checkServer,
  createDatabase,
  createRole,
  databaseExists,
  dropDatabase,
  quoteIdentifier,
  roleExists,
} from '../src/index.ts';
import { connectAdmin, connectUntilFinished, createTestDatabase } from './test-database.ts';

const strangeName = () => `it's "${randomUUID()}"`;

/** A database of its own to which this role may connect. */
async function createDatabaseFor(role: string): Promise<string> {
  const url = new URL(await createTestDatabase());
  const database = url.pathname.slice(1);
  await connectAdmin().query(
    `grant connect on database ${quoteIdentifier(database)} to ${quoteIdentifier(role)}`,
  );
  return database;
}

function urlOf({ user, password, database }: { user: string; password: string; database: string }): string {
  const url = new URL(inject('databaseUrl'));
  url.username = encodeURIComponent(user);
  url.password = encodeURIComponent(password);
  url.pathname = `/${encodeURIComponent(database)}`;
  return url.href;
}

async function createStrangeRole(password: string): Promise<string> {
  const admin = connectAdmin();
  const name = strangeName();
  await createRole(admin, { name, password });
  onTestFinished(async () => {
    await connectAdmin().query(`drop owned by ${quoteIdentifier(name)}; drop role ${quoteIdentifier(name)}`);
  });
  return name;
}

test('a database made from a template holds what the template holds, whatever their names', async () => {
  const admin = connectAdmin();
  const [template, copy] = [strangeName(), strangeName()];
  for (const strategy of ['wal_log', 'file_copy'] as const) {
    await createDatabase(admin, { name: template });
    const source = connectUntilFinished(urlOf({ ...superuser(), database: template }), { maxConnections: 1 });
    await source.query('create table item as select 7 as id');
    await source.end();
    await createDatabase(admin, { name: copy, template, strategy });
    const target = connectUntilFinished(urlOf({ ...superuser(), database: copy }), { maxConnections: 1 });
    expect((await target.query('select id from item')).rows).toEqual([{ id: 7 }]);
    await dropDatabase(admin, copy);
    await dropDatabase(admin, template);
    expect(await databaseExists(admin, copy)).toBe(false);
  }
});

test('a role logs in with its password, and with the new one after a change', async () => {
  const admin = connectAdmin();
  const user = await createStrangeRole('first "secret"');
  expect(await roleExists(admin, user)).toBe(true);
  const database = await createDatabaseFor(user);
  const login = (password: string) =>
    connectUntilFinished(urlOf({ user, password, database })).query('select current_user as name');
  expect((await login('first "secret"')).rows).toEqual([{ name: user }]);
  await changePassword(admin, { role: user, password: 'second' });
  expect((await login('second')).rows).toEqual([{ name: user }]);
  await expect(login('first "secret"')).rejects.toMatchObject({ sqlstate: '28P01' });
});

test('a password that SASLprep would change is refused', async () => {
  const attempt = createRole(connectAdmin(), { name: strangeName(), password: 'påssword' });
  await expect(attempt).rejects.toMatchObject({ code: 'password-unusable' });
});

test('a database is closed to roles that were not let in', async () => {
  const admin = connectAdmin();
  const user = await createStrangeRole('secret');
  const name = strangeName();
  await createDatabase(admin, { name });
  onTestFinished(async () => dropDatabase(connectAdmin(), name));
  const login = () =>
    connectUntilFinished(urlOf({ user, password: 'secret', database: name })).query('select 1 as one');
  await expect(login()).rejects.toMatchObject({ sqlstate: '42501' });
  await admin.query(`grant connect on database ${quoteIdentifier(name)} to ${quoteIdentifier(user)}`);
  expect((await login()).rows).toEqual([{ one: 1 }]);
});

test('a server that is too old or allows too few connections is named as such', async () => {
  const admin = connectAdmin();
  await checkServer(admin, { needConnections: 50 });
  await expect(checkServer(admin, { needConnections: 1, minVersion: 99 })).rejects.toMatchObject({
    code: 'server-too-old',
  });
  await expect(checkServer(admin, { needConnections: 10_000 })).rejects.toMatchObject({
    code: 'too-few-connections',
  });
});

test('the connection limit of a role counts', async () => {
  const user = await createStrangeRole('secret');
  await connectAdmin().query(`alter role ${quoteIdentifier(user)} connection limit 3`);
  const name = await createDatabaseFor(user);
  const database = connectUntilFinished(urlOf({ user, password: 'secret', database: name }));
  await expect(checkServer(database, { needConnections: 4 })).rejects.toMatchObject({
    code: 'too-few-connections',
  });
});

function superuser(): { user: string; password: string } {
  const { username, password } = new URL(inject('databaseUrl'));
  return { user: decodeURIComponent(username), password: decodeURIComponent(password) };
}
