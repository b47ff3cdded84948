import { decryptParcel, encryptParcel, generateKeyPair, signMessage, verifyMessage } from '@liaison/seal';
import { expect, test } from 'vitest';
import { bareKeyOf, decryptBare, encryptBare, payloadOfBare, signBare, verifyBare } from './bare-crypto.ts';

// A baseline that did less than the real work would flatter nobody: each side reads what the other makes.

const pair = generateKeyPair();
const other = generateKeyPair();
const id = '019a9f3e-5c00-7000-8000-000000000001';
const message = signBare({ alg: 'ES256' }, { a: 1 }, bareKeyOf(pair.privateJwk));
const parcel = { parcelId: id, from: 'hub', to: 'cp-be', messages: [message] };
const nowMs = 1_763_632_800_000;
const audience = 'liaison:test:hub';

function headerOf(kid: string): object {
  return { alg: 'ES256', typ: 'referral+jws', kid, iss: 'acme', aud: audience, iat: nowMs / 1000, jti: id };
}

test('what the baseline signs is verified by the real profile', async () => {
  const jws = signBare(headerOf(pair.kid), { a: 1 }, bareKeyOf(pair.privateJwk));
  const options = {
    typ: 'referral+jws' as const,
    maxBytes: 10_000,
    audience,
    clock: null,
    chooseKey: () => ({ ok: true as const, jwk: pair.publicJwk }),
  };
  expect(await verifyMessage(jws, options)).toMatchObject({ ok: true });
});

test('what the real profile signs is verified by the baseline, with the right key alone', async () => {
  const message = {
    typ: 'referral+jws',
    issuer: 'acme',
    audience,
    id,
    issuedAtMs: nowMs,
    payload: { a: 1 },
  } as const;
  const { jws } = await signMessage(message, { kid: pair.kid, jwk: pair.privateJwk });
  expect(payloadOfBare(jws)).toEqual({ a: 1 });
  expect(verifyBare(jws, bareKeyOf(pair.publicJwk))).toBe(true);
  expect(verifyBare(jws, bareKeyOf(other.publicJwk))).toBe(false);
});

test('what the baseline encrypts is opened by the real profile', async () => {
  const recipient = { kid: pair.kid, key: bareKeyOf(pair.publicJwk) };
  const jwe = encryptBare(Buffer.from(JSON.stringify(parcel)), recipient);
  const privateKeys = (kid: string) => (kid === pair.kid ? pair.privateJwk : undefined);
  const opened = await decryptParcel(jwe, { privateKeys, self: 'cp-be', from: 'hub', maxBytes: 10_000 });
  expect(opened).toEqual({ ok: true, value: parcel });
});

test('what the real profile encrypts is opened by the baseline, with the right key alone', async () => {
  const jwe = await encryptParcel(parcel, { kid: pair.kid, jwk: pair.publicJwk });
  expect(JSON.parse(decryptBare(jwe, bareKeyOf(pair.privateJwk)).toString())).toEqual(parcel);
  expect(() => decryptBare(jwe, bareKeyOf(other.privateJwk))).toThrow(Error);
});
