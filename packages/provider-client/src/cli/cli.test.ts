import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Referral } from '@liaison/contracts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PlayedEvent } from '../../fixtures/hub-reads.ts';
import { playHub, type Mishap, type PlayedHub } from '../../fixtures/play-hub.ts';
import { readExample } from '../../fixtures/read-examples.ts';
import { runLiaison, type Ended } from '../../fixtures/run-liaison.ts';
import { createProblem } from '../http/problem.ts';

const referral = readExample('provider-report');
const caller = ['--member', 'membership.json', '--key', 'private.jwks.json'];
let hub: PlayedHub;
let folder: string;

function write(name: string, value: unknown): void {
  writeFileSync(join(folder, name), typeof value === 'string' ? value : JSON.stringify(value));
}

const run = (...args: readonly string[]): Promise<Ended> => runLiaison(args, folder);

/** The example as if it happened now: commands have the machine's clock. */
function referralOf(providerReference: string): Referral {
  const issuedAt = new Date().toISOString();
  const { occurredFrom: _from, occurredTo: _to, ...rest } = referral;
  const at = new Date(Date.now() - 3_600_000).toISOString();
  const text = JSON.stringify({ ...rest, providerReference, issuedAt });
  return JSON.parse(text.replaceAll(/"2026-11-[^"]+"/g, JSON.stringify(at))) as Referral;
}

beforeEach(async () => {
  hub = await playHub(() => Date.now());
  folder = mkdtempSync(join(tmpdir(), 'liaison-'));
  write('membership.json', hub.membership);
  const { kid, privateJwk } = hub.member.pair;
  write('private.jwks.json', { keys: [{ ...privateJwk, kid, use: 'sig' }] });
});
afterEach(async () => {
  await hub.close();
  rmSync(folder, { recursive: true });
});

describe('help', { timeout: 30_000 }, () => {
  test('names every command, the exit codes and what a referral is not, and ends well', async () => {
    const { code, out } = await run('--help');
    expect(code).toBe(0);
    for (const name of ['keygen', 'example', 'validate', 'submit', 'status', 'verify'])
      expect(out).toContain(name);
    expect(out).toContain('Exit codes');
    expect(out).toContain('Article 12');
  });

  test.each([
    ['another command', ['frob']],
    ['an option left out', ['submit', 'a.json']],
    ['a file that is not there', ['validate', 'none.json']],
    ['a file that is not JSON', ['validate', 'broken.json']],
    ['a membership that is none', ['example', '--member', 'private.jwks.json']],
    [
      'a key set that is none',
      ['status', '--feed', '--member', 'membership.json', '--key', 'membership.json'],
    ],
    ['no name for a status', ['status', ...caller]],
    [
      'two sources of a proof',
      ['verify', 'proof', 'a', '--member', 'membership.json', '--proof', 'b', '--fetch'],
    ],
    ['attempts that are no number', ['submit', 'a.json', ...caller, '--attempts', 'many']],
  ])('%s ends with 2 and one clear sentence', async (_what, args) => {
    write('broken.json', '{\n "a":');
    const { code, out, err } = await run(...args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(err).not.toContain('    at ');
  });

  test('with --json an error is JSON, too', async () => {
    const { code, err } = await run('validate', 'none.json', '--json');
    expect(code).toBe(2);
    expect(JSON.parse(err)).toMatchObject({ error: { code: 'file-unreadable' } });
  });
});

describe('keygen', { timeout: 30_000 }, () => {
  test('writes keys that only their owner can read, and never over others', async () => {
    expect(await run('keygen', '--out', 'keys', '--kind', 'europol')).toMatchObject({ code: 0 });
    const file = join(folder, 'keys', 'private.jwks.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const before = readFileSync(file, 'utf8');
    expect(readFileSync(join(folder, 'keys', 'public.jwks.json'), 'utf8')).not.toContain('"d"');
    expect((JSON.parse(before) as { keys: object[] }).keys).toHaveLength(2);
    const again = await run('keygen', '--out', 'keys', '--json');
    expect(again.code).toBe(2);
    expect(JSON.parse(again.err)).toMatchObject({ error: { code: 'file-exists' } });
    expect(readFileSync(file, 'utf8')).toBe(before);
  });
});

describe('validate', { timeout: 30_000 }, () => {
  test('says of each referral what the hub would say, with place, code and meaning', async () => {
    write(
      'many.ndjson',
      [referralOf('A'), { ...referralOf('B'), score: 1 }].map((one) => JSON.stringify(one)).join('\n'),
    );
    write('list.json', [referralOf('C')]);
    const { code, out } = await run('validate', 'many.ndjson', 'list.json', '--member', 'membership.json');
    expect(code).toBe(1);
    expect(out).toContain('valid  A');
    expect(out).toContain('invalid  B  schema-invalid');
    expect(out).toMatch(
      /^ {2}\/score \(line 2, column \d+\) {2}member-unknown {2}The schema has no such member\./m,
    );
    expect(out).toMatch(/warning: \/networkEvents\/1\/port \(line \d+, column \d+\) {2}port-missing/);
    expect(out).toContain('2 valid, 1 invalid');
    expect(hub.seen).toEqual([]);
  });

  test('reads the standard input, and writes JSON', async () => {
    const input = JSON.stringify([referralOf('A'), { ...referralOf('B'), issuedAt: 'now' }]);
    const { code, json } = await runLiaison(['validate', '-', '--json'], folder, input);
    expect(code).toBe(1);
    expect(json).toMatchObject([
      { kind: 'valid', ok: true, place: '-#1', reference: 'A' },
      { kind: 'invalid', place: '-#2', problem: 'schema-invalid', faults: [{ pointer: '/issuedAt' }] },
      { kind: 'coverage', valid: 1 },
    ]);
  });
});

describe('submit', { timeout: 30_000 }, () => {
  test('takes a newcomer from an example to a proof', async () => {
    expect(await run('example', '--member', 'membership.json', '--out', 'first.json')).toMatchObject({
      code: 0,
    });
    expect(await run('validate', 'first.json', '--member', 'membership.json')).toMatchObject({ code: 0 });
    const submitted = await run('submit', 'first.json', ...caller, '--json');
    expect(submitted).toMatchObject({ code: 0, err: '', json: [{ kind: 'accepted' }, { kind: 'summary' }] });
    const file = String(submitted.json[0]?.['receiptFile']);
    const member = ['--member', 'membership.json', '--referral', 'first.json'];
    expect(await run('verify', 'receipt', file, ...member)).toMatchObject({ code: 0 });
    const fetched = await run('verify', 'proof', file, ...member, '--fetch', '--save', 'proof.json');
    expect(fetched.code).toBe(0);
    await hub.close();
    const offline = await run('verify', 'proof', file, ...member, '--proof', 'proof.json', '--json');
    expect(offline).toMatchObject({
      code: 0,
      json: [{ proven: true, position: 0, checkpoint: { size: 1 } }],
    });
    hub = await playHub(() => Date.now());
  });

  test('keeps a receipt for each referral that is accepted, and ends with 1 where one is refused', async () => {
    write('list.json', [referralOf('A:1'), { ...referralOf('B'), score: 1 }, referralOf('C')]);
    const { code, out } = await run('submit', 'list.json', ...caller, '--receipts', 'kept');
    expect(code).toBe(1);
    expect(out).toContain('accepted  A:1');
    expect(out).toContain('refused  B  schema-invalid');
    expect(out).toContain('2 accepted, 1 refused, at installation "test"');
    expect(readdirSync(join(folder, 'kept')).sort()).toEqual(['A%3A1.jws', 'C.jws', 'hub+directory.jws']);
  });

  test('again sends nothing of what has a receipt that verifies, even without a hub', async () => {
    write('list.json', [referralOf('A'), referralOf('B')]);
    await run('submit', 'list.json', ...caller);
    const before = hub.seen.filter(({ method }) => method === 'POST').length;
    const file = join(folder, 'receipts', 'A.jws');
    const first = readFileSync(file, 'utf8');
    const again = await run('submit', 'list.json', ...caller, '--json');
    const skipped = { kind: 'skipped', receiptFile: join('receipts', 'A.jws') };
    const summary = { kind: 'summary', accepted: 0, skipped: 2, notSent: 0 };
    expect(again).toMatchObject({ code: 0, json: [skipped, { kind: 'skipped' }, summary] });
    expect(hub.seen.filter(({ method }) => method === 'POST')).toHaveLength(before);
    expect(readFileSync(file, 'utf8')).toBe(first);
    await hub.close();
    const offline = await run('submit', 'list.json', ...caller, '--attempts', '1', '--json');
    expect(offline).toMatchObject({ code: 0, json: [skipped, { kind: 'skipped' }, summary] });
    hub = await playHub(() => Date.now());
  });

  test('submits again what has a receipt that proves nothing, and never writes over it', async () => {
    write('a.json', referralOf('A'));
    await run('submit', 'a.json', ...caller);
    const file = join(folder, 'receipts', 'A.jws');
    writeFileSync(file, 'another receipt');
    const { json } = await run('submit', 'a.json', ...caller, '--json');
    const { kind, referralId, receiptFile } = json[0] ?? {};
    expect({ kind, receiptFile }).toEqual({
      kind: 'acceptedBefore',
      receiptFile: join('receipts', `A.${String(referralId)}.jws`),
    });
    expect(readFileSync(file, 'utf8')).toBe('another receipt');
    expect((await run('submit', 'a.json', ...caller, '--json')).json[0]).toMatchObject({
      kind: 'skipped',
      receiptFile,
    });
  });

  test('does not take the receipt of one payload for another', async () => {
    write('a.json', referralOf('A'));
    await run('submit', 'a.json', ...caller);
    write('a.json', { ...referralOf('A'), abuseTypes: ['newMaterial'] });
    const changed = await run('submit', 'a.json', ...caller, '--json');
    expect(changed).toMatchObject({
      code: 1,
      json: [
        { kind: 'refused', problem: { code: 'reference-reused' } },
        { refused: 1, skipped: 0 },
      ],
    });
  });

  test('does not keep what is not proven, and says so', async () => {
    hub.turn.alterReceipt = (draft) => ({ ...draft, key: hub.member.pair });
    write('a.json', referralOf('A'));
    const { code, out } = await run('submit', 'a.json', ...caller);
    expect(code).toBe(1);
    expect(out).toContain('not proven  A  key-unknown');
    expect(readdirSync(join(folder, 'receipts'))).toEqual([]);
  });

  test('ends with 3 where the hub cannot answer, and says when to come back', async () => {
    const body = JSON.stringify(createProblem('rate-exceeded', []));
    const mishap: Mishap = { kind: 'answer', status: 429, headers: { 'Retry-After': '600' }, body };
    hub.mishaps.push({ path: '/v1/referrals', mishap });
    write('a.json', referralOf('A'));
    const { code, out } = await run('submit', 'a.json', ...caller);
    expect(code).toBe(3);
    expect(out).toContain('not known  A  rate-exceeded');
    expect(out).toContain('again in 10 min');
    await hub.close();
    expect(await run('submit', 'a.json', ...caller, '--attempts', '1', '--json')).toMatchObject({
      code: 3,
      json: [
        { kind: 'retry', code: 'unreachable' },
        { kind: 'summary', retry: 1 },
      ],
    });
    hub = await playHub(() => Date.now());
  });

  test('sends nothing where a file cannot be read', async () => {
    write('a.json', referralOf('A'));
    write('b.ndjson', `${JSON.stringify(referralOf('B'))}\n{"providerReference":\n`);
    const { code, err } = await run('submit', 'a.json', 'b.ndjson', ...caller);
    expect(code).toBe(2);
    expect(err).toContain('b.ndjson:2:22 ');
    expect(hub.seen).toEqual([]);
    expect(existsSync(join(folder, 'receipts'))).toBe(false);
  });

  test('does not trust a hub under other anchors', async () => {
    write('membership.json', { ...hub.membership, anchors: [hub.member.pair.publicJwk] });
    write('a.json', referralOf('A'));
    const { code, err } = await run('submit', 'a.json', ...caller, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(err)).toMatchObject({ error: { code: 'directory-untrusted', reason: 'key-unknown' } });
    expect(hub.seen.some(({ method }) => method === 'POST')).toBe(false);
  });
});

describe('status', { timeout: 30_000 }, () => {
  const event: PlayedEvent = {
    eventId: '019a7c3e-5b00-7001-8000-000000000001',
    position: 4,
    at: '2026-11-20T09:30:00.000Z',
    referralId: '019a7c3e-5b00-7001-8000-000000000002',
    providerReference: 'A\u001b[2J',
    kind: 'infoRequested',
    codes: ['portMissing'],
  };

  test('shows a referral by id or by reference', async () => {
    hub.turn.feed = [event];
    expect((await run('status', event.referralId, ...caller, '--json')).json).toMatchObject([
      { state: 'accepted' },
    ]);
    const unknown = await run('status', '--reference', 'none', ...caller);
    expect(unknown).toMatchObject({ code: 1 });
  });

  test('shows the feed, tells where to go on, and lets no text of others reach the terminal', async () => {
    hub.turn.feed = [event, { ...event, position: 5 }, { ...event, position: 6 }];
    const { code, out } = await run('status', '--feed', ...caller);
    expect(code).toBe(0);
    expect(out.match(/infoRequested/g)).toHaveLength(3);
    expect(out).not.toContain('\u001b');
    expect(out).toContain('--after p3');
    const rest = await run('status', '--feed', '--after', 'p2', ...caller, '--json');
    expect(rest.json).toMatchObject([{ position: 6 }, { next: 'p3' }]);
  });
});
