import { createDatabase, dropDatabase } from '@liaison/postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { acceptNew } from './acceptance.ts';
import { createHubFixture, sqlstateOf, type HubFixture } from './hub-fixture.ts';

const denied = '42501';
let hub: HubFixture;

beforeAll(async () => {
  hub = await createHubFixture();
});
afterAll(() => hub.close());

/** What a role may do to tables and views of the hub's schemas, as `table privilege`, columns collapsed. */
async function grantsOf(role: string): Promise<string[]> {
  const { rows } = await hub.owner.query<{ grant: string }>(
    `select distinct table_schema || '.' || table_name || ' ' || lower(privilege_type) as grant
     from information_schema.column_privileges where grantee = $1 and table_schema <> 'pg_catalog'
     union
     select distinct table_schema || '.' || table_name || ' ' || lower(privilege_type)
     from information_schema.table_privileges where grantee = $1 and table_schema <> 'pg_catalog'`,
    [role],
  );
  return rows.map(({ grant }) => grant).sort();
}

async function functionsOf(role: string): Promise<string[]> {
  const { rows } = await hub.owner.query<{ name: string }>(
    `select distinct n.nspname || '.' || p.proname as name
     from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname in ('hub', 'intake', 'content', 'vault', 'ledger', 'audit')
       and has_schema_privilege($1, n.oid, 'usage') and has_function_privilege($1, p.oid, 'execute')`,
    [role],
  );
  return rows.map(({ name }) => name).sort();
}

describe('the submission API', () => {
  test('may touch no table, only functions', async () => {
    expect(await grantsOf('liaison_submission_api')).toEqual([]);
    expect(await functionsOf('liaison_submission_api')).toEqual([
      'intake.accept',
      'intake.read_directory',
      'intake.read_feed',
      'intake.read_status',
      'intake.record_refusal',
      'intake.use_request',
      'intake.write_probe',
    ]);
  });

  test.each([
    'hub.referral',
    'content.message',
    'vault.content_key',
    'ledger.opening',
    'intake.used_request',
  ])('is refused when it reads %s', async (table) => {
    expect(await sqlstateOf(hub.as('submission-api').query(`select from ${table} limit 1`))).toBe(denied);
  });
});

describe('the router', () => {
  test('may write what it works on, and never what was accepted or what stands in the log', async () => {
    const grants = await grantsOf('liaison_router');
    const writes = grants.filter((grant) => !grant.endsWith(' select'));
    expect(writes).toEqual([
      'content.message insert',
      'hub.alarm insert',
      'hub.alarm update',
      'hub.deadline insert',
      'hub.deadline update',
      'hub.decision insert',
      'hub.directory_issue delete',
      'hub.directory_issue insert',
      'hub.dispatch insert',
      'hub.dispatch update',
      'hub.feedback insert',
      'hub.notice insert',
      'hub.outgoing_receipt insert',
      'hub.outgoing_receipt update',
      'hub.parcel insert',
      'hub.parcel update',
      'hub.provider_event insert',
      'hub.quarantined_record insert',
      'hub.referral update',
      'hub.unenrolled insert',
      'hub.unenrolled update',
      'ledger.opening insert',
      'ledger.pending insert',
    ]);
    expect(await functionsOf('liaison_router')).toEqual(['intake.write_probe']);
  });

  test.each([
    ['change what was accepted', `update hub.referral set payload_digest = 'x'`],
    ['take back an erasure', 'update hub.referral set erased_at = null'],
    ['change a digest that was sent', `update hub.dispatch set digest = 'x'`],
    ['change stored content', `update content.message set sealed = ''`],
    ['delete a key', 'delete from vault.content_key'],
    ['change a key of a participant', 'update hub.participant_key set revoked_at = null'],
    ['enrol', `insert into hub.participant_key (participant_id) values ('x')`],
    ['read openings', 'select from ledger.opening'],
    ['take back an event', 'delete from ledger.pending'],
    ['read for a sender', `select intake.read_status('sender-one', null, 'x')`],
  ])('may not %s', async (_what, statement) => {
    expect(await sqlstateOf(hub.as('router').query(statement))).toBe(denied);
  });

  test('may open stored content, which is its work', async () => {
    const id = await acceptNew(hub, 'router-reads');
    const { rows } = await hub
      .as('router')
      .query(
        'select m.sealed, k.wrapped from content.message m join vault.content_key k using (referral_id) where referral_id = $1',
        [id],
      );
    expect(rows).toHaveLength(1);
  });
});

describe('audit', () => {
  test('may read the log and views without personal data, and only add to the log', async () => {
    const grants = await grantsOf('liaison_audit');
    expect(grants).toEqual([
      'audit.alarm select',
      'audit.deadline select',
      'audit.decision select',
      'audit.dispatch select',
      'audit.feedback select',
      'audit.notice select',
      'audit.participant select',
      'audit.referral select',
      'audit.refusal select',
      'audit.undelivered select',
      'audit.unenrolled select',
      'audit.volumes select',
      'ledger.checkpoint insert',
      'ledger.checkpoint select',
      'ledger.leaf insert',
      'ledger.leaf select',
      'ledger.node insert',
      'ledger.node select',
      'ledger.opening select',
      'ledger.pending delete',
      'ledger.pending select',
    ]);
    expect(await functionsOf('liaison_audit')).toEqual(['audit.fold_volumes', 'intake.write_probe']);
  });

  test.each([
    ['change a leaf', `update ledger.leaf set leaf = ''`],
    ['delete a leaf', 'delete from ledger.leaf'],
    ['take back a checkpoint', 'delete from ledger.checkpoint'],
    ['make an event', `insert into ledger.pending (event_id, leaf) values (gen_random_uuid(), '')`],
    ['read content', 'select from content.message'],
    ['read keys', 'select from vault.content_key'],
    ['read the hub beside its views', 'select from hub.referral'],
  ])('may not %s', async (_what, statement) => {
    expect(await sqlstateOf(hub.as('audit').query(statement))).toBe(denied);
  });

  test('sees of a refused body neither HMAC nor id, and of nothing a digest of what was sent', async () => {
    const { rows } = await hub.owner.query<{ name: string }>(
      `select distinct column_name as name from information_schema.columns where table_schema = 'audit'`,
    );
    const names = rows.map(({ name }) => name);
    expect(names).toContain('provider_reference');
    expect(names.filter((name) => /hmac|digest|jws|^sealed$|wrapped|salt|details/.test(name))).toEqual([]);
  });
});

describe('every service', () => {
  const services = ['submission-api', 'router', 'audit'] as const;

  test.each(services)('%s makes no table, no schema and no temporary table', async (service) => {
    for (const statement of [
      'create table public.mine ()',
      'create schema mine',
      'create temporary table mine ()',
      'create table hub.mine ()',
    ]) {
      expect([statement, await sqlstateOf(hub.as(service).query(statement))]).toEqual([statement, denied]);
    }
  });

  test.each(services)('%s can say that it is ready, by a committed write', async (service) => {
    await hub.as(service).query('select intake.write_probe($1, now())', [service]);
    const { rows } = await hub.owner.query('select from intake.probe where service = $1', [service]);
    expect(rows).toHaveLength(1);
  });

  test('leaves the functions of the owner to those named, and they look for nothing in a schema of the caller', async () => {
    const { rows } = await hub.owner.query<{ name: string; config: string[] | null; open: boolean }>(
      `select p.proname as name, p.proconfig as config, has_function_privilege('public', p.oid, 'execute') as open
       from pg_proc p join pg_namespace n on n.oid = p.pronamespace
       where p.prosecdef and n.nspname not in ('pg_catalog', 'information_schema')`,
    );
    expect(rows.length).toBeGreaterThan(5);
    // The schema of temporary tables is looked into first unless it is named last.
    const loose = rows.filter(
      ({ config, open }) => open || config?.includes('search_path=pg_catalog, pg_temp') !== true,
    );
    expect(loose.map(({ name }) => name)).toEqual([]);
  });
});

test('a login of the hub connects to its own database and to no other that is closed', async () => {
  const { rows } = await hub.owner.query<{ name: string }>(
    `select rolname as name from pg_roles where rolname like $1`,
    [`router\\_${hub.name}`],
  );
  const [login] = rows;
  if (login === undefined) throw new Error('no login');
  const other = `${hub.name}_other`;
  await createDatabase(hub.owner, { name: other });
  const may = await hub.owner.query<{ own: boolean; other: boolean }>(
    `select has_database_privilege($1, $2, 'connect') as own, has_database_privilege($1, $3, 'connect') as other`,
    [login.name, hub.name, other],
  );
  await dropDatabase(hub.owner, other);
  expect(may.rows).toEqual([{ own: true, other: false }]);
});
