import {
  calculateJwkThumbprint,
  CompactEncrypt,
  compactDecrypt,
  CompactSign,
  compactVerify,
  importJWK,
} from 'jose';
import type { Parcel } from '@liaison/contracts';
import { describe, expect, it } from 'vitest';
import { readKeys } from '../fixtures/read-fixtures.ts';
import {
  decryptParcel,
  encryptParcel,
  generateKeyPair,
  type KeyPair,
  signMessage,
  thumbprintOf,
  verifyMessage,
} from './index.ts';

const id = '019a9f3e-5c00-7000-8000-000000000001';
/** A leading zero byte is what implementations lose most often. */
function pairWithLeadingZero(member: 'x' | 'y' | 'd'): KeyPair {
  for (;;) {
    const pair = generateKeyPair();
    if (Buffer.from(pair.privateJwk[member], 'base64url').readUInt8() === 0) return pair;
  }
}

const pairs = [
  pairWithLeadingZero('x'),
  pairWithLeadingZero('y'),
  pairWithLeadingZero('d'),
  ...Array.from({ length: 10 }, () => generateKeyPair()),
];
const payload = { schemaVersion: '1.0', note: 'größer – ≥ 2 😀' };
const message = {
  typ: 'referral+jws',
  issuer: 'acme-video',
  audience: 'liaison:test:hub',
  id,
  issuedAtMs: 1_763_632_800_999,
  payload,
} as const;

function headerFor(pair: KeyPair): {
  alg: string;
  typ: string;
  kid: string;
  iss: string;
  aud: string;
  iat: number;
  jti: string;
} {
  return {
    alg: 'ES256',
    typ: 'referral+jws',
    kid: pair.kid,
    iss: 'acme-video',
    aud: 'liaison:test:hub',
    iat: 1_763_632_800,
    jti: id,
  };
}

const parcel: Parcel = { parcelId: id, from: 'hub', to: 'police-fr', messages: ['aa.bb.cc'] };

describe('against an independent implementation', () => {
  it('jose accepts what signMessage signs', async () => {
    for (const pair of pairs) {
      const { jws } = await signMessage(message, { kid: pair.kid, jwk: pair.privateJwk });
      const verified = await compactVerify(jws, await importJWK({ ...pair.publicJwk }, 'ES256'), {
        algorithms: ['ES256'],
      });
      expect(verified.protectedHeader).toStrictEqual(headerFor(pair));
      expect(JSON.parse(Buffer.from(verified.payload).toString())).toStrictEqual(payload);
    }
  });

  it('verifyMessage accepts what jose signs', async () => {
    for (const pair of pairs) {
      const signer = new CompactSign(Buffer.from(JSON.stringify(payload))).setProtectedHeader(
        headerFor(pair),
      );
      const jws = await signer.sign(await importJWK({ ...pair.privateJwk }, 'ES256'));
      const verified = await verifyMessage(jws, {
        typ: 'referral+jws',
        maxBytes: 10_000,
        audience: 'liaison:test:hub',
        chooseKey: ({ kid }) =>
          kid === pair.kid ? { ok: true, jwk: pair.publicJwk } : { ok: false, code: 'key-unknown' },
        clock: null,
      });
      expect(verified).toMatchObject({ ok: true, value: { header: headerFor(pair), payload, jws } });
    }
  });

  it('jose opens what encryptParcel encrypts', async () => {
    for (const pair of pairs) {
      const jwe = await encryptParcel(parcel, { kid: pair.kid, jwk: pair.publicJwk });
      const opened = await compactDecrypt(jwe, await importJWK({ ...pair.privateJwk }, 'ECDH-ES+A256KW'), {
        keyManagementAlgorithms: ['ECDH-ES+A256KW'],
        contentEncryptionAlgorithms: ['A256GCM'],
      });
      expect(JSON.parse(Buffer.from(opened.plaintext).toString())).toStrictEqual(parcel);
      expect(Object.keys(opened.protectedHeader)).toStrictEqual(['alg', 'enc', 'typ', 'kid', 'epk']);
      expect(Object.keys(opened.protectedHeader['epk'] ?? {}).sort()).toStrictEqual(['crv', 'kty', 'x', 'y']);
    }
  });

  it('decryptParcel opens what jose encrypts', async () => {
    for (const pair of pairs) {
      const jwe = await new CompactEncrypt(Buffer.from(JSON.stringify(parcel)))
        .setProtectedHeader({ alg: 'ECDH-ES+A256KW', enc: 'A256GCM', typ: 'parcel+jwe', kid: pair.kid })
        .encrypt(await importJWK({ ...pair.publicJwk }, 'ECDH-ES+A256KW'));
      const privateKeys = (kid: string): KeyPair['privateJwk'] | undefined =>
        kid === pair.kid ? pair.privateJwk : undefined;
      const opened = await decryptParcel(jwe, {
        privateKeys,
        self: 'police-fr',
        from: 'hub',
        maxBytes: 10_000,
      });
      expect(opened).toStrictEqual({ ok: true, value: parcel });
    }
  });

  it('jose accepts every one of so many signatures that some begin with a zero byte', async () => {
    const [pair] = pairs;
    if (pair === undefined) throw new TypeError('no pair');
    const key = await importJWK({ ...pair.publicJwk }, 'ES256');
    for (let count = 0; count < 600; count += 1) {
      const { jws } = await signMessage(message, { kid: pair.kid, jwk: pair.privateJwk });
      await expect(compactVerify(jws, key, { algorithms: ['ES256'] })).resolves.toBeDefined();
    }
  });

  it('both make the same thumbprints', async () => {
    for (const jwk of [
      ...pairs.map((pair) => pair.publicJwk),
      ...readKeys().directory.map((key) => key.jwk),
    ]) {
      expect(thumbprintOf(jwk)).toBe(await calculateJwkThumbprint({ ...jwk }, 'sha256'));
    }
  });
});
