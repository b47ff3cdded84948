import { digestOf, generateKeyPair } from '@liaison/seal';
import { describe, expect, test } from 'vitest';
import type { Evidence, EvidenceAttack } from '../../fixtures/evidence-case.ts';
import { readAttacks, readEvidence } from '../../fixtures/read-evidence.ts';
import { openMemberDirectory, verifyLog, verifyProofBundle, verifyReceipt } from '../index.ts';
import type { HubKeys } from './hub-keys.ts';

const valid = readEvidence();

async function* linesOf(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}

async function judgeLog({ membership, log, earlier }: Evidence): Promise<object> {
  const { origin, keys } = membership.log;
  const result = await verifyLog(linesOf(log), { origin, logKeys: keys, earlierCheckpoints: earlier });
  return result.ok ? result : { ...result, step: 'log' };
}

async function judge(verify: EvidenceAttack['verify'], evidence: Evidence): Promise<object> {
  if (verify === 'log') return judgeLog(evidence);
  const { membership, directory: jws, receipt, proof, referral } = evidence;
  const opened = await openMemberDirectory(jws, membership);
  if (!opened.ok) return { ...opened, step: 'directory' };
  const trust = { ...membership, hubKeys: { kind: 'directory', directory: opened.directory } } as const;
  const expectation = { payloadDigest: digestOf(Buffer.from(JSON.stringify(referral))) };
  if (verify === 'proof') return verifyProofBundle({ receipt, proof }, trust, expectation);
  const result = await verifyReceipt(receipt, trust, expectation);
  return result.ok ? result : { ...result, step: 'receipt' };
}

describe('evidence that holds', () => {
  test('is proven as a receipt, as a bundle with its proof, and as a whole log', async () => {
    expect(await judge('receipt', valid)).toMatchObject({
      ok: true,
      receipt: { payload: { providerReference: 'CASE-2026-0001' }, keyRevoked: null },
    });
    expect(await judge('proof', valid)).toMatchObject({ ok: true, position: 2, checkpoint: { size: 7 } });
    expect(await judge('log', valid)).toMatchObject({ ok: true, checkpoint: { size: 7 } });
  });

  test('is proven with keys of the hub that were handed over, years later', async () => {
    const { membership, directory: jws, receipt } = valid;
    const opened = await openMemberDirectory(jws, membership);
    const hub = opened.ok ? opened.directory.participant('hub') : undefined;
    const pinned = (keys: Extract<HubKeys, { kind: 'pinned' }>['keys']) =>
      verifyReceipt(receipt, { ...membership, hubKeys: { kind: 'pinned', keys } });
    expect(await pinned(hub?.keys.map(({ jwk }) => jwk) ?? [])).toMatchObject({ ok: true });
    expect(await pinned([generateKeyPair().publicJwk])).toEqual({ ok: false, code: 'key-unknown' });
  });

  test('is proven with a key of the log that only the directory has', async () => {
    const later = { ...valid.membership.log, keys: ['other+00000000+AAAA'] };
    const before = { ...valid, membership: { ...valid.membership, log: later } };
    // A key of another signature type is left aside, as the specification asks.
    expect(await judge('proof', before)).toMatchObject({ ok: true, position: 2 });
  });
});

describe('an attack', () => {
  test.each(readAttacks())('%s is found for the right reason', async (name, attack) => {
    expect(name).toBe(attack.name);
    expect(await judge(attack.verify, { ...valid, ...attack.given })).toMatchObject({
      ok: false,
      ...attack.expect,
    });
  });
});

test.each([
  ['verifier-key-malformed', ['no key']],
  ['verifier-key-missing', []],
  ['verifier-key-hash-wrong', [`${valid.membership.log.origin}+00000000+${'A'.repeat(44)}`]],
])('keys of a log that cannot be used are named: %s', async (code, keys) => {
  const first = Buffer.concat([Buffer.of(1), Buffer.alloc(32)]).toString('base64');
  const logKeys = keys.map((key) => key.replace('A'.repeat(44), first));
  expect(await verifyLog(linesOf(valid.log), { logKeys })).toEqual({ ok: false, code, line: 0 });
});
