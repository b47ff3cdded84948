import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { expect, onTestFinished, test } from 'vitest';

import { migrate } from '../src/index.ts';
import { connectUntilFinished, createTestDatabase, log } from './test-database.ts';

async function writeMigrations(files: Record<string, string>): Promise<URL> {
  const folder = await mkdtemp(path.join(tmpdir(), 'migrations-'));
  onTestFinished(async () => rm(folder, { recursive: true }));
  await Promise.all(Object.entries(files).map(([name, sql]) => writeFile(path.join(folder, name), sql)));
  return pathToFileURL(folder);
}

const first = { '000001-item.sql': 'create table item (id int); insert into item values (1);' };
const second = { ...first, '000002-item-name.sql': 'alter table item add name text;' };

test('migrations are applied in order, once', async () => {
  const database = connectUntilFinished(await createTestDatabase());
  expect(await migrate(database, { folder: await writeMigrations(first), schema: 'hub', log })).toBe(1);
  const folder = await writeMigrations(second);
  expect(await migrate(database, { folder, schema: 'hub', log })).toBe(1);
  expect(await migrate(database, { folder, schema: 'hub', log })).toBe(0);
  expect((await database.query('select id, name from item')).rows).toEqual([{ id: 1, name: null }]);
});

test('ten migrators at once apply each migration exactly once', async () => {
  const url = await createTestDatabase();
  const folder = await writeMigrations(second);
  const counts = await Promise.all(
    Array.from({ length: 10 }, async () =>
      migrate(connectUntilFinished(url, { maxConnections: 1 }), { folder, schema: 'hub', log }),
    ),
  );
  expect(counts.reduce((sum, count) => sum + count)).toBe(2);
  expect((await connectUntilFinished(url).query('select id from item')).rows).toEqual([{ id: 1 }]);
});

test('a migration that fails leaves nothing and can be applied once mended', async () => {
  const database = connectUntilFinished(await createTestDatabase());
  const broken = await writeMigrations({ '000001-item.sql': 'create table item (id int); select 1/0;' });
  await expect(migrate(database, { folder: broken, schema: 'hub', log })).rejects.toMatchObject({
    sqlstate: '22012',
  });
  expect(await migrate(database, { folder: await writeMigrations(first), schema: 'hub', log })).toBe(1);
});

test('a migration edited after it was applied is refused', async () => {
  const database = connectUntilFinished(await createTestDatabase());
  await migrate(database, { folder: await writeMigrations(first), schema: 'hub', log });
  const folder = await writeMigrations({ ...second, '000001-item.sql': 'create table item (id bigint);' });
  await expect(migrate(database, { folder, schema: 'hub', log })).rejects.toMatchObject({
    code: 'migration-edited',
  });
});

test('other line ends are no edit', async () => {
  const database = connectUntilFinished(await createTestDatabase());
  const sql = 'create table item (\n  id int\n);\n';
  await migrate(database, { folder: await writeMigrations({ '000001-item.sql': sql }), schema: 'hub', log });
  const folder = await writeMigrations({ '000001-item.sql': sql.replaceAll('\n', '\r\n') });
  expect(await migrate(database, { folder, schema: 'hub', log })).toBe(0);
});

test('a database that a newer program migrated is refused', async () => {
  const database = connectUntilFinished(await createTestDatabase());
  await migrate(database, { folder: await writeMigrations(second), schema: 'hub', log });
  const folder = await writeMigrations(first);
  await expect(migrate(database, { folder, schema: 'hub', log })).rejects.toMatchObject({
    code: 'database-newer',
  });
});

test.each(['000002-second.sql', '1-item.sql', '000001_item.sql', '000001-Item.sql'])(
  'a folder whose only migration is %s is refused',
  async (name) => {
    const database = connectUntilFinished(await createTestDatabase());
    const folder = await writeMigrations({ [name]: 'select 1' });
    await expect(migrate(database, { folder, schema: 'hub', log })).rejects.toMatchObject({
      code: 'migration-misnamed',
    });
  },
);

test('the migration table names its retention class', async () => {
  const database = connectUntilFinished(await createTestDatabase());
  await migrate(database, { folder: await writeMigrations(first), schema: 'hub', log });
  const { rows } = await database.query("select obj_description('hub.migration'::regclass) as comment");
  expect(rows).toEqual([{ comment: 'retention: installation' }]);
});
