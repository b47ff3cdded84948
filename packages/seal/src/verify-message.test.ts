import { describe, expect, it } from 'vitest';
import { type ChooseKey, generateKeyPair, signMessage, verifyMessage, type VerifyOptions } from './index.ts';

const pair = generateKeyPair();
const nowMs = 1_763_632_800_000;
const sign = (issuedAtMs = nowMs, audience = 'liaison:test:hub'): Promise<{ readonly jws: string }> =>
  signMessage(
    {
      typ: 'referral+jws',
      issuer: 'acme-video',
      audience,
      id: '019a9f3e-5c00-7000-8000-000000000001',
      issuedAtMs,
      payload: { a: 1 },
    },
    { kid: pair.kid, jwk: pair.privateJwk },
  );

const options: VerifyOptions = {
  typ: 'referral+jws',
  maxBytes: 1000,
  audience: 'liaison:test:hub',
  chooseKey: () => ({ ok: true, jwk: pair.publicJwk }),
  clock: { nowMs, maxAgeMs: 600_000, maxAheadMs: 60_000 },
};

async function codeOf(jws: string, changes: Partial<VerifyOptions> = {}): Promise<string> {
  const verified = await verifyMessage(jws, { ...options, ...changes });
  return verified.ok ? 'ok' : verified.fault.code;
}

describe('verifyMessage', () => {
  it.each([
    [-600_000, 'ok'],
    [-601_000, 'iat-stale'],
    [60_000, 'ok'],
    [61_000, 'iat-in-future'],
  ])('judges a message signed %i ms from now as %s', async (offsetMs, code) => {
    expect(await codeOf((await sign(nowMs + offsetMs)).jws)).toBe(code);
  });

  it('does not judge staleness without a clock', async () => {
    expect(await codeOf((await sign(0)).jws, { clock: null })).toBe('ok');
  });

  it('asks for the key before it looks at the signature, and at the signature before the audience and the clock', async () => {
    const { jws } = await sign(0, 'liaison:test:other');
    const chooseKey: ChooseKey = () => ({ ok: false, code: 'key-revoked' });
    const another = generateKeyPair().publicJwk;
    expect(await codeOf(jws, { chooseKey })).toBe('key-revoked');
    expect(await codeOf(jws, { chooseKey: () => ({ ok: true, jwk: another }) })).toBe('signature-invalid');
    expect(await codeOf(jws)).toBe('audience-wrong');
    expect(await codeOf(jws, { audience: 'liaison:test:other' })).toBe('iat-stale');
  });

  it('hands the chooser the header and nothing of the message that is no header', async () => {
    const seen: unknown[] = [];
    const { jws } = await sign();
    await codeOf(jws, {
      chooseKey: (...given) => {
        seen.push(given);
        return { ok: false, code: 'key-unknown' };
      },
    });
    expect(seen).toStrictEqual([
      [
        {
          alg: 'ES256',
          typ: 'referral+jws',
          kid: pair.kid,
          iss: 'acme-video',
          aud: 'liaison:test:hub',
          iat: nowMs / 1000,
          jti: '019a9f3e-5c00-7000-8000-000000000001',
        },
      ],
    ]);
  });

  it('does not call the chooser for what the gate refuses', async () => {
    const { jws } = await sign();
    const chooseKey = (): never => {
      throw new TypeError('not to be called');
    };
    expect(await codeOf(`${jws}=`, { chooseKey })).toBe('base64url-invalid');
  });

  it('lets a fault of the chooser through', async () => {
    const { jws } = await sign();
    const fault = new TypeError('directory not loaded');
    const chooseKey = (): never => {
      throw fault;
    };
    await expect(verifyMessage(jws, { ...options, chooseKey })).rejects.toBe(fault);
  });

  it('gives no verdict with something that is no key', async () => {
    const { jws } = await sign();
    const jwk = { ...pair.publicJwk, kty: 'nonsense' } as unknown as typeof pair.publicJwk;
    await expect(verifyMessage(jws, { ...options, chooseKey: () => ({ ok: true, jwk }) })).rejects.toThrow(
      Error,
    );
  });

  it('refuses every message of which one bit was changed', async () => {
    const { jws } = await sign();
    const [, , signature = ''] = jws.split('.');
    const bytes = Buffer.from(signature, 'base64url');
    const input = jws.slice(0, -signature.length);
    for (let bit = 0; bit < 512; bit += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(await codeOf(input + changed.toString('base64url'))).toBe('signature-invalid');
    }
  });
});
