import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { generateKeyPair, thumbprintOf } from '@liaison/seal';
import { describe, expect, test } from 'vitest';
import { at, dayMs, minuteMs, nowMs } from '../fixtures/create-directory.ts';
import { keyLifeDays, readJwkSet, takesPartInExchange } from './read-jwk-set.ts';

const pair = generateKeyPair();
const other = generateKeyPair();
const sig = { ...pair.publicJwk, use: 'sig' };
const enc = { ...other.publicJwk, use: 'enc' };

function read(
  value: unknown,
  kind: Parameters<typeof readJwkSet>[1]['kind'] = 'provider',
  requireAll = true,
) {
  return readJwkSet(value, { kind, nowMs, requireAll });
}

/** The faults, each as `index code`. */
function faultsOf(value: unknown, kind?: Parameters<typeof readJwkSet>[1]['kind'], requireAll?: boolean) {
  const result = read(value, kind, requireAll);
  return result.ok
    ? []
    : result.faults.map(({ index, code }) => (index === null ? code : `${index} ${code}`));
}

describe('keys made elsewhere', () => {
  test('are listed under their thumbprint, valid from now, for the messages of their owner', () => {
    const result = read({ keys: [{ ...sig, kid: 'my key', alg: 'ES256', key_ops: ['verify'] }] });
    expect(result).toEqual({
      ok: true,
      keys: [
        {
          kid: pair.kid,
          use: 'sig',
          types: ['referral+jws', 'request+jws'],
          jwk: pair.publicJwk,
          notBefore: at(nowMs - minuteMs),
          notAfter: at(nowMs + keyLifeDays * dayMs),
          revoked: null,
        },
      ],
    });
  });

  test.each(['provider', 'hotline', 'partnerCentre'] as const)('of a %s sign what senders sign', (kind) => {
    expect(takesPartInExchange(kind)).toBe(false);
    expect(read({ keys: [sig] }, kind)).toMatchObject({
      ok: true,
      keys: [{ types: ['referral+jws', 'request+jws'] }],
    });
  });

  test.each(['lawEnforcement', 'coordinatingAuthority', 'europol'] as const)(
    'of %s sign what authorities sign, and open parcels',
    (kind) => {
      expect(takesPartInExchange(kind)).toBe(true);
      expect(read({ keys: [sig, enc] }, kind)).toMatchObject({
        ok: true,
        keys: [
          { kid: pair.kid, types: ['delivery-receipt+jws', 'feedback+jws'] },
          { kid: other.kid, types: ['parcel+jwe'] },
        ],
      });
    },
  );

  test('are enough by themselves where others are there already', () => {
    expect(faultsOf({ keys: [enc] }, 'lawEnforcement', false)).toEqual([]);
    expect(faultsOf({ keys: [sig] }, 'lawEnforcement', false)).toEqual([]);
  });
});

/** A key of another kind, as another tool would export it. */
function exported(type: 'P-384' | 'ed25519' | 'rsa'): object {
  switch (type) {
    case 'rsa':
      return generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' });
    case 'ed25519':
      return generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
    case 'P-384':
      return generateKeyPairSync('ec', { namedCurve: type }).publicKey.export({ format: 'jwk' });
    default:
      return type satisfies never;
  }
}

/** The same point with a stray bit at the end of a coordinate, which decoders ignore. */
function respell(coordinate: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const last = alphabet.indexOf(coordinate.slice(-1));
  return `${coordinate.slice(0, -1)}${alphabet.charAt(last + 1)}`;
}

describe('a key set is refused', () => {
  test.each([
    ['that is none', null, ['not-a-jwk-set']],
    ['that is a list', [sig], ['not-a-jwk-set']],
    ['that is a single key', sig, ['not-a-jwk-set']],
    ['without keys', { keys: [] }, ['not-a-jwk-set']],
    ['with something else among its keys', { keys: ['key', null] }, ['0 not-a-jwk-set', '1 not-a-jwk-set']],
    ['with a private key', { keys: [{ ...sig, d: pair.privateJwk.d }] }, ['0 private-key-given']],
    [
      'with a shared secret',
      { keys: [{ kty: 'oct', k: 'AQ', use: 'sig' }] },
      ['0 private-key-given', '0 key-not-p256'],
    ],
    ['with a key on another curve', { keys: [{ ...exported('P-384'), use: 'sig' }] }, ['0 key-not-p256']],
    ['with an Edwards key', { keys: [{ ...exported('ed25519'), use: 'sig' }] }, ['0 key-not-p256']],
    ['with an RSA key', { keys: [{ ...exported('rsa'), use: 'sig' }] }, ['0 key-not-p256']],
    ['with a point off the curve', { keys: [{ ...sig, y: other.publicJwk.y }] }, ['0 key-not-p256']],
    ['with a coordinate missing', { keys: [{ ...sig, y: undefined }] }, ['0 key-not-p256']],
    ['with a coordinate that is padded', { keys: [{ ...sig, y: `${sig.y}=` }] }, ['0 key-not-p256']],
    ['with a coordinate spelt otherwise', { keys: [{ ...sig, y: respell(sig.y) }] }, ['0 key-not-p256']],
    ['with a key for no use', { keys: [pair.publicJwk] }, ['0 key-use-missing']],
    ['with a key for another use', { keys: [{ ...sig, use: 'wrap' }] }, ['0 key-use-missing']],
    ['with a key twice', { keys: [sig, enc, sig] }, ['2 key-given-twice']],
    ['with one key for both uses', { keys: [sig, { ...sig, use: 'enc' }] }, ['1 key-given-twice']],
  ])('%s', (_which, value, faults) => {
    expect(faultsOf(value)).toEqual(faults);
  });

  test('with every fault of every key at once', () => {
    const keys = [{ ...exported('P-384'), d: 'AQ' }, sig, { ...sig, use: 'enc' }, { ...enc, x: 1 }];
    expect(faultsOf({ keys })).toEqual([
      '0 private-key-given',
      '0 key-not-p256',
      '0 key-use-missing',
      '2 key-given-twice',
      '3 key-not-p256',
    ]);
  });

  test('that lacks a key which its owner cannot do without', () => {
    expect(faultsOf({ keys: [enc] })).toEqual(['signing-key-missing']);
    expect(faultsOf({ keys: [sig] }, 'europol')).toEqual(['encryption-key-missing']);
  });
});

test('nothing private and nothing unknown ever gets from a set into the directory', () => {
  const extra = fc.dictionary(fc.constantFrom('d', 'k', 'kid', 'x5c', 'alg', 'revoked', 'use'), fc.string());
  fc.assert(
    fc.property(fc.array(extra, { minLength: 1, maxLength: 3 }), (extras) => {
      const keys = extras.map((members) => ({ ...generateKeyPair().publicJwk, use: 'sig', ...members }));
      const result = read({ keys });
      expect(result.ok).toBe(
        extras.every(({ d, k, use }) => d === undefined && k === undefined && (use ?? 'sig') === 'sig'),
      );
      if (!result.ok) return;
      for (const { kid, jwk } of result.keys) {
        expect(Object.keys(jwk).sort()).toEqual(['crv', 'kty', 'x', 'y']);
        expect(kid).toBe(thumbprintOf(jwk));
      }
    }),
    { numRuns: 50 },
  );
});
