import type { Parcel } from '@liaison/contracts';
import { describe, expect, it } from 'vitest';
import { decryptParcel, encryptParcel, generateKeyPair, readParcelHeader } from './index.ts';

const pair = generateKeyPair();
const retired = generateKeyPair();
const parcel: Parcel = {
  parcelId: '019a9f3e-5c00-7000-8000-0000000000aa',
  from: 'hub',
  to: 'police-fr',
  messages: ['aa.bb.cc', 'dd.ee.ff'],
};
const held = new Map([pair, retired].map(({ kid, privateJwk }) => [kid, privateJwk]));
const options = {
  privateKeys: (kid: string) => held.get(kid),
  self: 'police-fr',
  from: 'hub',
  maxBytes: 700 * 1024,
};

describe('a parcel', () => {
  it('opens with the key that it names, retired or not', async () => {
    for (const { kid, publicJwk } of [pair, retired]) {
      const jwe = await encryptParcel(parcel, { kid, jwk: publicJwk });
      expect(readParcelHeader(jwe, options.maxBytes)).toMatchObject({ ok: true, value: { kid, jwe } });
      expect(await decryptParcel(jwe, options)).toStrictEqual({ ok: true, value: parcel });
    }
  });

  it('is different every time: ephemeral key, content key and IV are fresh', async () => {
    const recipient = { kid: pair.kid, jwk: pair.publicJwk };
    const many = await Promise.all(Array.from({ length: 8 }, () => encryptParcel(parcel, recipient)));
    for (const index of [0, 1, 2, 3]) expect(new Set(many.map((jwe) => jwe.split('.')[index])).size).toBe(8);
  });

  it('writes its header in bytes that never change but for the ephemeral key', async () => {
    const jwe = await encryptParcel(parcel, { kid: pair.kid, jwk: pair.publicJwk });
    const header = Buffer.from(jwe.split('.')[0] ?? '', 'base64url').toString();
    expect(header.replace(/"(x|y)":"[A-Za-z0-9_-]{43}"/g, '"$1":""')).toBe(
      `{"alg":"ECDH-ES+A256KW","enc":"A256GCM","typ":"parcel+jwe","kid":"${pair.kid}","epk":{"kty":"EC","crv":"P-256","x":"","y":""}}`,
    );
  });

  it('is refused under a key id that is not the key’s own', async () => {
    const encrypted = encryptParcel(parcel, { kid: retired.kid, jwk: pair.publicJwk });
    await expect(encrypted).rejects.toMatchObject({ code: 'kid-not-thumbprint' });
  });

  it('does not open with another key held under its id', async () => {
    const jwe = await encryptParcel(parcel, { kid: pair.kid, jwk: pair.publicJwk });
    const opened = await decryptParcel(jwe, { ...options, privateKeys: () => retired.privateJwk });
    expect(opened).toStrictEqual({ ok: false, fault: { code: 'undecryptable' } });
  });

  it('holds a hundred messages of referral size within the limit of the wire', async () => {
    const messages = Array.from(
      { length: 100 },
      () => `${'a'.repeat(1000)}.${'b'.repeat(4000)}.${'c'.repeat(86)}`,
    );
    const jwe = await encryptParcel({ ...parcel, messages }, { kid: pair.kid, jwk: pair.publicJwk });
    expect(await decryptParcel(jwe, options)).toMatchObject({ ok: true, value: { messages } });
  });
});
