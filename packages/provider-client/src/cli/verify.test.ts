import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAttacks, readEvidence } from '../../fixtures/read-evidence.ts';
import { runLiaison, type Ended } from '../../fixtures/run-liaison.ts';
import type { Evidence, EvidenceAttack } from '../../fixtures/evidence-case.ts';

const valid = readEvidence();
const [logKey = ''] = valid.membership.log.keys;
const attacks = new Map(readAttacks());
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'liaison-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function lay({ membership, directory, referral, receipt, proof, log, earlier }: Evidence): void {
  const files = {
    'membership.json': JSON.stringify(membership),
    'directory.jws': `${directory}\n`,
    'referral.json': JSON.stringify(referral, null, 2),
    'receipt.jws': `${receipt}\n`,
    'proof.json': JSON.stringify(proof),
    'log.ndjson': `${log.join('\n')}\n`,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  earlier.forEach((note, index) => {
    writeFileSync(join(folder, `earlier-${index}.txt`), note);
  });
}

const member = ['--member', 'membership.json', '--directory', 'directory.jws', '--referral', 'referral.json'];
const commands: Readonly<Record<EvidenceAttack['verify'], (evidence: Evidence) => readonly string[]>> = {
  receipt: () => ['receipt', 'receipt.jws', ...member],
  proof: () => ['proof', 'receipt.jws', ...member, '--proof', 'proof.json'],
  log: ({ earlier }) => [
    'log',
    'log.ndjson',
    '--log-key',
    logKey,
    ...(earlier.length === 0 ? [] : ['--earlier', ...earlier.map((_, index) => `earlier-${index}.txt`)]),
  ],
};

function verify(
  kind: EvidenceAttack['verify'],
  evidence: Evidence,
  ...more: readonly string[]
): Promise<Ended> {
  lay(evidence);
  return runLiaison(['verify', ...commands[kind](evidence), ...more], folder);
}

describe('evidence that holds', { timeout: 30_000 }, () => {
  test.each(['receipt', 'proof', 'log'] as const)('as a %s ends with 0', async (kind) => {
    const { code, out, err } = await verify(kind, valid);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^proven/);
  });

  test('is checked with keys of the hub from a file', async () => {
    const [, payload = ''] = valid.directory.split('.');
    const directory = JSON.parse(Buffer.from(payload, 'base64url').toString()) as {
      participants: { id: string; keys: { jwk: object }[] }[];
    };
    const keys = directory.participants.find(({ id }) => id === 'hub')?.keys.map(({ jwk }) => jwk);
    lay(valid);
    writeFileSync(join(folder, 'hub-keys.json'), JSON.stringify({ keys }));
    const args = [
      'verify',
      'receipt',
      'receipt.jws',
      '--member',
      'membership.json',
      '--hub-keys',
      'hub-keys.json',
    ];
    expect(await runLiaison(args, folder)).toMatchObject({ code: 0 });
  });

  test('of a log is checked by the membership, and a saved proof counts as an earlier checkpoint', async () => {
    lay(valid);
    const args = [
      'verify',
      'log',
      'log.ndjson',
      '--member',
      'membership.json',
      '--earlier',
      'proof.json',
      '--json',
    ];
    expect(await runLiaison(args, folder)).toMatchObject({
      code: 0,
      json: [{ proven: true, size: 7, earlier: 1 }],
    });
  });

  test('cannot be checked without keys of the hub, and it says what to give', async () => {
    lay(valid);
    const { code, err } = await runLiaison(
      ['verify', 'receipt', 'receipt.jws', '--member', 'membership.json'],
      folder,
    );
    expect(code).toBe(2);
    expect(err).toContain('--directory');
  });
});

describe('an attack', { timeout: 30_000 }, () => {
  test.each([
    'receipt-payload-tampered',
    'receipt-for-other-payload',
    'directory-by-other-anchor',
    'proof-for-another-leaf',
    'proof-checkpoint-tampered',
    'log-cut-off',
    'log-forked',
    'log-rolled-back',
  ])('%s ends with 1 and its code', async (name) => {
    const attack = attacks.get(name);
    if (attack === undefined) throw new Error('no such attack');
    const { code, json } = await verify(attack.verify, { ...valid, ...attack.given }, '--json');
    expect(code).toBe(1);
    expect(json).toMatchObject([{ proven: false, ...attack.expect }]);
  });
});
