import { readJwkSet } from '@liaison/directory';
import { thumbprintOf } from '@liaison/seal';
import { describe, expect, test } from 'vitest';
import { generateKeys, type MemberKind } from './generate-keys.ts';
import { readSigningKey } from './read-signing-key.ts';

const nowMs = Date.parse('2026-11-22T00:00:00Z');

describe('generated keys', () => {
  test.each<readonly [MemberKind, readonly string[]]>([
    ['provider', ['sig']],
    ['hotline', ['sig']],
    ['partnerCentre', ['sig']],
    ['lawEnforcement', ['sig', 'enc']],
    ['coordinatingAuthority', ['sig', 'enc']],
    ['europol', ['sig', 'enc']],
  ])('of a %s are those that the hub registers', (kind, uses) => {
    const { privateJwks, publicJwks } = generateKeys({ kind });
    expect(publicJwks.keys.map(({ use }) => use)).toEqual(uses);
    expect(readJwkSet(publicJwks, { kind, nowMs, requireAll: true })).toMatchObject({ ok: true });
    expect(JSON.stringify(publicJwks)).not.toContain('"d"');
    for (const [index, { kid, d, ...publicJwk }] of privateJwks.keys.entries()) {
      expect(kid).toBe(thumbprintOf(publicJwk));
      expect(d).toMatch(/^[\w-]{43}$/);
      expect(publicJwks.keys[index]).toEqual({ ...publicJwk, kid });
    }
  });
});

describe('reading the key to sign with', () => {
  const { privateJwks, publicJwks } = generateKeys({ kind: 'lawEnforcement' });
  const [signing] = privateJwks.keys;
  const [other] = generateKeys({ kind: 'provider' }).privateJwks.keys;
  if (signing === undefined || other === undefined) throw new Error('no keys');

  test('finds the one that is for signatures, under its thumbprint', () => {
    const { kty, crv, x, y, d, kid } = signing;
    expect(readSigningKey(privateJwks)).toEqual({ ok: true, key: { kid, jwk: { kty, crv, x, y, d } } });
  });

  test('does not believe a kid that is not the thumbprint', () => {
    expect(readSigningKey({ keys: [{ ...signing, kid: 'mine' }] })).toMatchObject({
      key: { kid: signing.kid },
    });
  });

  test('of several takes the one asked for', () => {
    const both = { keys: [signing, other] };
    expect(readSigningKey(both)).toEqual({ ok: false, code: 'signing-key-ambiguous' });
    expect(readSigningKey(both, other.kid)).toMatchObject({ ok: true, key: { kid: other.kid } });
    expect(readSigningKey(both, 'x')).toEqual({ ok: false, code: 'kid-unknown' });
  });

  test.each([
    ['no set', [], 'not-a-jwk-set'],
    ['public keys', publicJwks, 'key-not-p256'],
    ['another curve', { keys: [{ ...signing, crv: 'P-384' }] }, 'key-not-p256'],
    ['no key to sign with', { keys: [{ ...signing, use: 'enc' }] }, 'signing-key-missing'],
    ['the private part of another key', { keys: [{ ...signing, d: other.d }] }, 'key-inconsistent'],
    ['a point that is not on the curve', { keys: [{ ...signing, y: signing.x }] }, 'key-inconsistent'],
  ])('refuses %s', (_what, value, code) => {
    expect(readSigningKey(value)).toEqual({ ok: false, code });
  });
});
