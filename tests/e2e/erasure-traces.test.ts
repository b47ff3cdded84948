import { randomBytes, randomUUID } from 'node:crypto';
import { createEventMaker } from '@liaison/hub-database';
import { namesOf, urlOf } from '@liaison/local';
import { connect, quoteIdentifier, type Database } from '@liaison/postgres';
import { eraseReferral } from '@liaison/router';
import { silentLog, systemClock } from '@liaison/service';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { referralOf, submitAccepted, until, untilDispatches } from '../setup/submitting.ts';
import { createTestHub, type TestHub } from '../setup/test-hub.ts';

type EraseDeps = Parameters<typeof eraseReferral>[2];
type Erasure = Awaited<ReturnType<typeof eraseReferral>>;

let hub: TestHub & { close(): Promise<void> };
let contactPoint: string;
let exchangeAdmin: Database;

beforeAll(async () => {
  hub = await createTestHub({ states: ['BE'] });
  contactPoint = await hub.startContactPoint('cp-be');
  await hub.startContactPoint('europol');
  const { server, installation } = hub.surroundings;
  exchangeAdmin = connect({
    url: urlOf(server, namesOf(installation).exchangeDatabase),
    applicationName: 'test',
    maxConnections: 2,
    log: silentLog,
  });
});
afterAll(async () => {
  await exchangeAdmin.end();
  await hub.close();
});

function erase(
  referralId: string,
  changes: Partial<EraseDeps> & { readonly database?: Database } = {},
): Promise<Erasure> {
  const { database = hub.database, ...rest } = changes;
  return eraseReferral(database, referralId, {
    events: createEventMaker({ origin: hub.settings.origin, newId: hub.newId, randomBytes }),
    clock: systemClock,
    hubId: 'hub',
    instance: hub.settings.instance,
    exchangeAdmin,
    sleep: () => Promise.resolve(),
    ...rest,
  });
}

interface StoredKey {
  readonly partition: string;
  readonly wrapped: Uint8Array;
}

async function readKey(referralId: string): Promise<StoredKey> {
  const { rows } = await hub.database.query<StoredKey>(
    'select tableoid::regclass::text as partition, wrapped from vault.content_key where referral_id = $1',
    [referralId],
  );
  const [key] = rows;
  if (key === undefined) throw new Error('the referral has no key');
  return key;
}

/** Whether the file of a partition holds the bytes of a key, live or dead. */
async function liesInFile({ partition, wrapped }: StoredKey): Promise<boolean> {
  await hub.database.query('checkpoint');
  const { rows } = await hub.database.query<{ found: boolean }>(
    'select position($2 in pg_read_binary_file(pg_relation_filepath($1::regclass))) > 0 as found',
    [partition, wrapped],
  );
  return rows[0]?.found === true;
}

async function acceptOne(reference: string): Promise<string> {
  const referralId = await submitAccepted(hub, referralOf(hub, reference));
  await untilDispatches(hub, referralId, 'receipted');
  return referralId;
}

describe('an erasure says what it could not remove, and removes it when it is run again', () => {
  test('where a transaction that is older still sees the key', async () => {
    const referralId = await acceptOne('older-1');
    const key = await readKey(referralId);
    const reading = Promise.withResolvers<void>();
    const over = Promise.withResolvers<void>();
    const older = hub.database.transaction(
      async (tx) => {
        await tx.query('select from hub.referral limit 1');
        reading.resolve();
        await over.promise;
      },
      { isolation: 'repeatable read' },
    );
    await reading.promise;
    const first = await erase(referralId);
    expect(first).toMatchObject({ before: false });
    expect(first.remaining).toContain('old-snapshot');
    expect(await liesInFile(key)).toBe(true);
    over.resolve();
    await older;
    const second = await erase(referralId);
    expect(second).toMatchObject({ before: true, erasedAt: first.erasedAt });
    expect(second.remaining).not.toContain('old-snapshot');
    expect(await liesInFile(key)).toBe(false);
  });

  test('where somebody needs the write-ahead log', async () => {
    const referralId = await acceptOne('kept-1');
    const slot = `kept_${randomUUID().replaceAll('-', '_')}`;
    await hub.database.query('select pg_create_physical_replication_slot($1, true)', [slot]);
    onTestFinished(async () => {
      await hub.database.query(
        'select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = $1',
        [slot],
      );
    });
    expect((await erase(referralId)).remaining).toContain('log-kept');
    await hub.database.query('select pg_drop_replication_slot($1)', [slot]);
    expect((await erase(referralId)).remaining).not.toContain('log-kept');
  });

  test('where the login may delete the key and no more', async () => {
    const referralId = await acceptOne('weak-1');
    const key = await readKey(referralId);
    const database = await openWeakLogin();
    const first = await erase(referralId, { database });
    expect(first.remaining).toEqual(expect.arrayContaining(['pages-not-rewritten', 'log-not-checked']));
    await expect(readKey(referralId)).rejects.toThrow('no key');
    expect(await liesInFile(key)).toBe(true);
    const second = await erase(referralId);
    expect(second.remaining).not.toContain('pages-not-rewritten');
    expect(await liesInFile(key)).toBe(false);
  });

  test("where the authorities' answers lie in an exchange that is not ours", async () => {
    const referralId = await acceptOne('answered-1');
    await acknowledge(referralId);
    expect((await erase(referralId, { exchangeAdmin: null })).remaining).toContain('answers-in-exchange');
    expect((await erase(referralId)).remaining).not.toContain('answers-in-exchange');
  });
});

/** A login that may read and change rows of the hub, and owns nothing. */
async function openWeakLogin(): Promise<Database> {
  const { server } = hub.surroundings;
  const { hubDatabase } = namesOf(hub.installation);
  // Goes with the installation, whose name it begins with.
  const login = { role: `${hubDatabase}_weak`, password: randomUUID() };
  const role = quoteIdentifier(login.role);
  await hub.database.query(`create role ${role} login password '${login.password}'`);
  await hub.database.query(`grant connect on database ${quoteIdentifier(hubDatabase)} to ${role}`);
  for (const schema of ['hub', 'content', 'vault', 'ledger']) {
    await hub.database.query(`grant usage on schema ${schema} to ${role}`);
    await hub.database.query(
      `grant select, insert, update, delete on all tables in schema ${schema} to ${role}`,
    );
  }
  const database = connect({
    url: urlOf(server, hubDatabase, login),
    applicationName: 'test',
    maxConnections: 1,
    log: silentLog,
  });
  onTestFinished(async () => {
    await database.end();
    await hub.database.query(`drop owned by ${role}`);
  });
  return database;
}

async function acknowledge(referralId: string): Promise<void> {
  const { rows } = await hub.database.query<{ id: string }>(
    `select id from hub.dispatch where referral_id = $1 and addressee_id = 'cp-be'`,
    [referralId],
  );
  const response = await fetch(`${contactPoint}/v1/dispatches/${rows[0]?.id ?? ''}/answers`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'acknowledged', answerId: hub.newId(), caseNumber: 'PV-1' }),
  });
  expect(response.status).toBe(201);
  await until('the hub has the answer', async () => {
    const found = await hub.database.query('select from hub.feedback where referral_id = $1', [referralId]);
    return found.rowCount === 1;
  });
}

test('two erasures at once are one', async () => {
  const referralId = await acceptOne('twice-1');
  const erasures = await Promise.all([erase(referralId), erase(referralId)]);
  expect(erasures.filter(({ before }) => before)).toHaveLength(1);
  const { rows } = await hub.database.query(
    `select from hub.provider_event where referral_id = $1 and kind = 'erased'`,
    [referralId],
  );
  expect(rows).toHaveLength(1);
});

test.each([
  ['019a7c3e-5b00-7001-8000-000000000001', 'referral-unknown'],
  ['', 'referral-id-malformed'],
  ["'; drop table hub.referral; --", 'referral-id-malformed'],
])('%s is refused', async (referralId, code) => {
  await expect(erase(referralId)).rejects.toMatchObject({ code });
});
