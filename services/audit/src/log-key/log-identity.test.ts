import { parseVerifierKey } from '@liaison/ledger';
import { expect, test } from 'vitest';
import { createLogIdentity, verifySignature, type LogKey } from './log-identity.ts';
import { sha256 } from './sha256.ts';

const fromHex = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(text, 'hex'));
const toKey = (x: string, d: string): LogKey => ({
  kty: 'OKP',
  crv: 'Ed25519',
  x: Buffer.from(x, 'hex').toString('base64url'),
  d: Buffer.from(d, 'hex').toString('base64url'),
});

// RFC 8032, 7.1, TEST 2.
const publicKey = '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c';
const seed = '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb';
const message = fromHex('72');
const signature = fromHex(
  '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
);
const origin = 'liaison.example/test/ledger';

test('signs and verifies as RFC 8032 says', async () => {
  const { signer } = await createLogIdentity(origin, toKey(publicKey, seed));
  expect(Buffer.from(await signer.sign(message))).toEqual(Buffer.from(signature));
  expect(verifySignature(fromHex(publicKey), message, signature)).toBe(true);
  expect(verifySignature(fromHex(publicKey), fromHex('73'), signature)).toBe(false);
});

test('the verifier key that is served is the one that its own notes are checked with', async () => {
  const { verifierKey, trust } = await createLogIdentity(origin, toKey(publicKey, seed));
  expect(await parseVerifierKey(verifierKey, sha256)).toEqual({ ok: true, key: trust.verifierKeys[0] });
});

const rsa: unknown = { kty: 'RSA', n: 'AQAB', e: 'AQAB', d: 'AQAB' };
const x25519: unknown = { ...toKey(publicKey, seed), crv: 'X25519' };
test.each([
  ['the public key of another', toKey(`00${publicKey.slice(2)}`, seed)],
  ['a seed cut short', toKey(publicKey, seed.slice(2))],
  ['no seed', toKey(publicKey, '')],
  ['another kind of key', rsa],
  ['another curve', x25519],
  ['nothing', undefined],
])('%s is no key of a log', async (_what, key) => {
  await expect(createLogIdentity(origin, key as LogKey)).rejects.toMatchObject({ code: 'log-key-invalid' });
});
