import type { JwsType } from '@liaison/contracts';
import { describe, expect, it } from 'vitest';
import { readKeys } from '../fixtures/read-fixtures.ts';
import {
  digestOf,
  generateKeyPair,
  readJws,
  SealError,
  signMessage,
  type SealFault,
  type SigningKey,
} from './index.ts';

const keys = readKeys();
const kid = keys.directory.find((key) => key.participant === 'hub' && key.use === 'sig')?.kid ?? '';
const pair = generateKeyPair();
const key: SigningKey = { kid: pair.kid, jwk: pair.privateJwk };
const message = {
  typ: 'dispatch+jws',
  issuer: 'hub',
  audience: 'liaison:fixtures:police-fr',
  id: '019a9f3e-5c00-7000-8000-000000000001',
  issuedAtMs: Date.parse('2026-11-20T10:00:00.999Z'),
  payload: { b: 1, a: ['é'] },
} as const;

async function faultOf(change: object): Promise<SealFault | undefined> {
  try {
    await signMessage({ ...message, ...change }, key);
    return undefined;
  } catch (cause) {
    if (cause instanceof SealError) return cause.fault;
    throw cause;
  }
}

describe('signMessage', () => {
  it('writes header and payload in bytes that never change', async () => {
    const jwk = keys.privateKeys[kid];
    if (jwk === undefined) throw new TypeError('no fixture key');
    const { jws, digest } = await signMessage(message, { kid, jwk });
    const [header = '', payload = '', signature = ''] = jws.split('.');
    expect(Buffer.from(header, 'base64url').toString()).toBe(
      `{"alg":"ES256","typ":"dispatch+jws","kid":"${kid}","iss":"hub",` +
        '"aud":"liaison:fixtures:police-fr","iat":1795168800,"jti":"019a9f3e-5c00-7000-8000-000000000001"}',
    );
    expect(header).toBe(
      'eyJhbGciOiJFUzI1NiIsInR5cCI6ImRpc3BhdGNoK2p3cyIsImtpZCI6IkJvd3JJczNCVmVvdVJPRWZEV05uam1MWlo4TFRISm9Da1RIYk9udzl3Wk0iLCJpc3MiOiJodWIiLCJhdWQiOiJsaWFpc29uOmZpeHR1cmVzOnBvbGljZS1mciIsImlhdCI6MTc5NTE2ODgwMCwianRpIjoiMDE5YTlmM2UtNWMwMC03MDAwLTgwMDAtMDAwMDAwMDAwMDAxIn0',
    );
    expect(Buffer.from(payload, 'base64url').toString()).toBe('{"b":1,"a":["é"]}');
    expect(digest).toBe(digestOf(Buffer.from('{"b":1,"a":["é"]}')));
    expect(signature).toHaveLength(86);
  });

  it.each([
    ['an issuer that is none', { issuer: 'Hub' }, { code: 'header-member-malformed', member: 'iss' }],
    ['an empty audience', { audience: '' }, { code: 'header-member-malformed', member: 'aud' }],
    ['an id that is no UUIDv7', { id: 'a' }, { code: 'header-member-malformed', member: 'jti' }],
    ['a time that is none', { issuedAtMs: Number.NaN }, { code: 'header-member-malformed', member: 'iat' }],
    [
      'a header member in the payload',
      { payload: { kid: 1 } },
      { code: 'header-member-repeated', member: 'kid' },
    ],
    ['half a surrogate pair', { payload: { a: '\ud83d' } }, { code: 'json-surrogate-lone', part: 'payload' }],
    ['an array', { payload: [] }, { code: 'json-not-object', part: 'payload' }],
    ['a large integer', { payload: { a: 2 ** 60 } }, { code: 'json-number-out-of-range', part: 'payload' }],
  ])('refuses to sign %s', async (_, change, fault) => {
    expect(await faultOf(change)).toStrictEqual(fault);
  });

  it('refuses a key under an id that is not its own', async () => {
    const signed = signMessage(message, { kid: generateKeyPair().kid, jwk: pair.privateJwk });
    await expect(signed).rejects.toMatchObject({ code: 'kid-not-thumbprint' });
  });

  it.each(['directory+jws', 'policy+jws', 'feedback+jws'] satisfies JwsType[])(
    'signs a %s that the gate lets pass',
    async (typ) => {
      const { jws, digest } = await signMessage({ ...message, typ }, key);
      expect(readJws(jws, { typ: ['referral+jws', typ], maxBytes: 1000 })).toMatchObject({
        ok: true,
        value: { digest, jws, header: { typ } },
      });
    },
  );
});
