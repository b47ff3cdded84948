import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { namesOf } from '@liaison/local';
import { readMembership, verifyProofBundle, type ProviderClient } from '@liaison/provider-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { acknowledgeAs, readInboxDispatches } from '../setup/as-authority.ts';
import { createByteSearch, type WantedValues } from '../setup/byte-search.ts';
import {
  authorityDatabasesOf,
  foldersOf,
  searchFiles,
  searchRows,
  serverFolderOf,
  withDatabase,
} from '../setup/database-remains.ts';
import { holdContactPoints, type HeldContactPoints } from '../setup/held-contact-points.ts';
import { readLedger } from '../setup/history.ts';
import { createLocalClient, memberFile } from '../setup/local-client.ts';
import { pidOf, untilDispatched, untilNothingLeft } from '../setup/local-work.ts';
import { plantedReferrals } from '../setup/planted-referrals.ts';
import {
  cipherOf,
  openAnswersInExchange,
  readCiphertexts,
  readRemainingKeys,
  readWrappedKeys,
  tryToOpen,
  type Ciphertext,
} from '../setup/recovery.ts';
import { runScript, type Ended } from '../setup/run-script.ts';
import { startTestLocal, type TestLocal } from '../setup/start-test-local.ts';

const caseNumber = 'PV-2026-kestrelwold';
const planted = plantedReferrals('erase');
const senderValues: WantedValues = Object.assign({}, ...planted.map(({ values }) => values)) as WantedValues;
const valueNames = Object.keys(senderValues).sort();
const search = createByteSearch({ ...senderValues, caseNumber });

let whole: TestLocal;
let held: HeldContactPoints;
let server: string;
let provider: ProviderClient;
/** The provider's report, which is erased, and the hotline's, which stays. */
let erasedId: string;
let keptId: string;
let receipt: string;

const hubDatabase = (): string => namesOf(whole.local.installation).hubDatabase;
const exchangeDatabase = (): string => namesOf(whole.local.installation).exchangeDatabase;

/** Writes everything that is in memory to the files. */
async function checkpoint(): Promise<void> {
  await withDatabase(whole.local, hubDatabase(), (database) => database.query('checkpoint'));
}

/** Lets go of the write-ahead log up to now. */
async function dropLog(): Promise<void> {
  await withDatabase(whole.local, hubDatabase(), async (database) => {
    for (const statement of ['checkpoint', 'select pg_switch_wal()', 'checkpoint']) {
      await database.query(statement);
    }
  });
}

function erase(referralId: string, settings?: string): Promise<Ended> {
  const file = settings ?? join(whole.local.folder.keys, 'hub-settings.json');
  return runScript('hub', ['--settings', file, 'erase', referralId]);
}

beforeAll(async () => {
  held = holdContactPoints(mkdtempSync(join(tmpdir(), 'liaison-held-')));
  whole = await startTestLocal({ states: ['BE'], entries: held.entries });
  server = await serverFolderOf(whole.local);
  provider = createLocalClient(whole.local, 'example-chat');
  const ids: string[] = [];
  for (const { senderId, referral } of planted) {
    const submitted = await createLocalClient(whole.local, senderId).submit(referral);
    if (submitted.kind !== 'accepted') throw new Error(JSON.stringify(submitted));
    if (senderId === 'example-chat') receipt = submitted.receipt.jws;
    ids.push(submitted.referralId);
  }
  [erasedId = '', keptId = ''] = ids;
  await untilDispatched(whole.local, 'sent');
});
afterAll(() => whole.stop());

// One server keeps one write-ahead log for all its databases, those of the authorities among them, where planted values
// belong. So the hub's part of it is judged twice, each time while no authority has written to it: first before their
// process does anything; then they work while the router stands still, what they wrote is dropped from the log, and
// the router takes up their answers while they stand still.
describe("planted values are never plain in the hub's files", () => {
  test('when a referral has been accepted, decided, sealed and sent: in no file of the whole server', async () => {
    await checkpoint();
    const { found, bytes } = searchFiles(server, search);
    expect(found).toEqual([]);
    expect(searchFiles(whole.folder, search).found).toEqual([]);
    expect(bytes).toBeGreaterThan(20_000_000);
  });

  test('when authorities have answered: in no file but those of their own databases', async () => {
    const { local } = whole;
    process.kill(pidOf(local, 'router'), 'SIGSTOP');
    held.release();
    await untilNothingLeft(
      local,
      exchangeDatabase(),
      `select count(*) as left from exchange.topic t where name like '%.from.%'
         and not exists (select from exchange.record r where r.topic_id = t.topic_id)`,
    );
    await acknowledgeAs(whole.local, 'cp-be', { referralId: erasedId, caseNumber });
    process.kill(pidOf(local, 'contact-points'), 'SIGSTOP');
    await dropLog();
    process.kill(pidOf(local, 'router'), 'SIGCONT');
    await untilDispatched(local, 'receipted');
    await untilNothingLeft(
      local,
      hubDatabase(),
      'select count(*) - 1 as left from hub.feedback f join content.message m on m.message_id = f.id',
    );
    await checkpoint();
    const authorities = await foldersOf(local, authorityDatabasesOf(local));
    expect(authorities).toHaveLength(2);
    expect(searchFiles(server, search, authorities).found).toEqual([]);
    expect(
      searchFiles(
        whole.folder,
        search,
        authorities.map((one) => `data/database/${one}`),
      ).found,
    ).toEqual([]);
    process.kill(pidOf(local, 'contact-points'), 'SIGCONT');
    // What the search would have found, had it been there.
    for (const folder of authorities) {
      const { names } = searchFiles(join(server, folder), search);
      expect(valueNames.filter((name) => !names.has(name))).toEqual([]);
    }
  });

  test('in no row of its database or of the exchange, stored dispatches included', async () => {
    expect(await searchRows(whole.local, hubDatabase(), search)).toEqual([]);
    expect(await searchRows(whole.local, exchangeDatabase(), search)).toEqual([]);
    const rows = await searchRows(
      whole.local,
      namesOf(whole.local.installation).inboxDatabase('cp-be'),
      search,
    );
    expect(rows).toEqual(expect.arrayContaining(valueNames.map((name) => `${name} in "inbox"."dispatch"`)));
    expect(rows).toContain('caseNumber in "inbox"."answer"');
  });

  test('and reach the authority whole', async () => {
    const text = (await readInboxDispatches(whole.local, 'cp-be')).join('\n');
    const missing = Object.entries(senderValues).filter(([, value]) => !text.includes(String(value)));
    expect(missing).toEqual([]);
  });
});

describe('erasing one referral', () => {
  let keySearch: ReturnType<typeof createByteSearch>;
  let before: readonly Ciphertext[];
  /** What could be had before: what fails afterwards fails because of the erasure. */
  let had: {
    readonly opened: readonly string[];
    readonly files: readonly string[];
    readonly rows: readonly string[];
  };
  let ended: Ended;

  beforeAll(async () => {
    const cipher = cipherOf(whole.local);
    const wrapped = (await readWrappedKeys(whole.local)).get(erasedId);
    if (wrapped === undefined) throw new Error('the referral has no key');
    keySearch = createByteSearch({ wrappedKey: wrapped.wrapped, contentKey: cipher.unwrapKey(wrapped) });
    before = await readCiphertexts(whole.local, erasedId);
    const { opened } = tryToOpen(before, await readRemainingKeys(whole.local), cipher);
    await checkpoint();
    had = {
      opened,
      files: [...searchFiles(server, keySearch).names],
      rows: await searchRows(whole.local, hubDatabase(), keySearch),
    };
    ended = await erase(erasedId);
  });

  test('takes away what could be had before', () => {
    expect(had.opened).toHaveLength(before.length);
    expect(search.find(Buffer.from(had.opened.join('\n'))).size).toBe(
      Object.keys(planted[0].values).length + 1,
    );
    expect(had.files).toEqual(['wrappedKey']);
    // In the table, and so in the one of its partitions.
    expect(had.rows).toEqual([
      'wrappedKey in "vault"."content_key"',
      expect.stringMatching(/^wrappedKey in "vault"."content_key_\d+"$/),
    ]);
  });

  test('ends well, and says that nothing is left', () => {
    expect({ code: ended.code, err: ended.err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(ended.out)).toMatchObject({ referralId: erasedId, before: false, remaining: [] });
  });

  test('leaves its wrapped key in no table and in no file, the write-ahead log included', async () => {
    expect(await searchRows(whole.local, hubDatabase(), keySearch)).toEqual([]);
    await checkpoint();
    expect(searchFiles(server, keySearch).found).toEqual([]);
    expect(searchFiles(whole.folder, keySearch).found).toEqual([]);
  });

  test('leaves nothing of it that the remaining keys of the hub open', async () => {
    const cipher = cipherOf(whole.local);
    const keys = await readRemainingKeys(whole.local);
    expect(await readCiphertexts(whole.local, erasedId)).toEqual([]);
    const recovered = tryToOpen(before, keys, cipher);
    // The sender's message, three dispatches and feedback, under ten keys or so.
    expect(recovered.attempts).toBeGreaterThan(20);
    expect(recovered.opened).toEqual([]);
    const answers = await openAnswersInExchange(whole.local);
    expect(answers.filter((text) => text.includes(erasedId) || text.includes(caseNumber))).toEqual([]);
    // Another referral is as it was.
    const kept = tryToOpen(await readCiphertexts(whole.local, keptId), keys, cipher);
    expect(kept.opened.length).toBeGreaterThan(0);
    expect((await readWrappedKeys(whole.local)).has(keptId)).toBe(true);
  });

  test('is told to its sender, who cannot submit it again', async () => {
    const status = await provider.status(erasedId);
    expect(status).toMatchObject({ kind: 'found', status: { referralId: erasedId, state: 'erased' } });
    expect(JSON.stringify(status)).not.toContain('eyJ');
    expect(await provider.submit(planted[0].referral)).toMatchObject({
      kind: 'refused',
      by: 'hub',
      problem: { code: 'reference-erased', existing: { referralId: erasedId } },
    });
  });

  test('leaves a ledger that verifies, and says that it was erased', async () => {
    await untilDispatched(whole.local, 'receipted');
    const ledger = await readLedger(whole.local);
    expect(ledger.verified).toBe(true);
    expect(ledger.counts.get(`contentErased ${erasedId}`)).toBe(1);
    expect(ledger.counts.get(`referralAccepted ${erasedId}`)).toBe(1);
  });

  test('leaves a receipt that still proves that it was accepted', async () => {
    const membership = readMembership(
      JSON.parse(readFileSync(memberFile(whole.local, 'example-chat', 'membership.json'), 'utf8')),
    );
    const directory = await provider.directory();
    if (directory.kind !== 'current') throw new Error('no directory');
    const folder = mkdtempSync(join(tmpdir(), 'liaison-kept-'));
    const file = (name: string): string => join(folder, name);
    writeFileSync(file('receipt.jws'), receipt);
    writeFileSync(file('directory.jws'), directory.jws);
    writeFileSync(file('membership.json'), JSON.stringify(membership));
    const proof = await runScript(
      'liaison',
      ['verify', 'proof', 'receipt.jws', '--member', 'membership.json', '--fetch', '--save', 'proof.json'],
      folder,
    );
    expect(proof).toMatchObject({ code: 0 });
    const bundle = { receipt, proof: JSON.parse(readFileSync(file('proof.json'), 'utf8')) as unknown };
    const trust = {
      ...membership,
      hubKeys: { kind: 'directory', directory: directory.directory } as const,
    };
    expect(await verifyProofBundle(bundle, trust)).toMatchObject({ ok: true });
  });

  test('again sweeps again and says when it was; what is no referral is refused', async () => {
    const again = await erase(erasedId);
    expect(again.code).toBe(0);
    const { erasedAt } = JSON.parse(ended.out) as { erasedAt: string };
    expect(JSON.parse(again.out)).toEqual({ referralId: erasedId, erasedAt, before: true, remaining: [] });
    for (const wrong of ['019a7c3e-5b00-7001-8000-000000000001', 'not-an-id']) {
      const { code, out, err } = await erase(wrong);
      expect({ code, out, lines: err.trim().split('\n').length }).toEqual({ code: 1, out: '', lines: 1 });
    }
  });
});
