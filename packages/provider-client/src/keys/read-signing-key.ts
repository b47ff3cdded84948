import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { thumbprintOf, type PrivateJwk, type SigningKey } from '@liaison/seal';
import { isObject } from '../http/parse-json.ts';

/** Why a file gives no key to sign with. */
export type SigningKeyFault =
  | 'not-a-jwk-set'
  | 'key-not-p256'
  /** The private part is not of the public part that stands beside it. */
  | 'key-inconsistent'
  | 'signing-key-missing'
  /** Several, and no `kid` that says which. */
  | 'signing-key-ambiguous'
  | 'kid-unknown';

/** What became of a private JWK set. */
export type SigningKeyResult =
  { readonly ok: true; readonly key: SigningKey } | { readonly ok: false; readonly code: SigningKeyFault };

const fieldElement = /^[A-Za-z0-9_-]{43}$/;

function readPrivateJwk(entry: Readonly<Record<string, unknown>>): PrivateJwk | null {
  const { kty, crv, x, y, d } = entry;
  if (kty !== 'EC' || crv !== 'P-256') return null;
  if (typeof x !== 'string' || typeof y !== 'string' || typeof d !== 'string') return null;
  return [x, y, d].every((part) => fieldElement.test(part)) ? { kty, crv, x, y, d } : null;
}

function isConsistent(jwk: PrivateJwk): boolean {
  const { kty, crv, x, y } = jwk;
  const probe = Buffer.from('probe');
  try {
    const signature = sign('sha256', probe, createPrivateKey({ key: { ...jwk }, format: 'jwk' }));
    const publicKey = createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' });
    return verify('sha256', probe, publicKey, signature);
  } catch {
    return false;
  }
}

/**
 * Finds the key to sign with in a private JWK set (RFC 7517, 5).
 * @param value decoded JSON.
 * @param kid which key, where the set has several to sign with.
 */
export function readSigningKey(value: unknown, kid?: string): SigningKeyResult {
  const entries: unknown = isObject(value) ? value['keys'] : undefined;
  if (!Array.isArray(entries) || !entries.every(isObject)) return { ok: false, code: 'not-a-jwk-set' };
  const keys: SigningKey[] = [];
  for (const entry of entries.filter(({ use }) => use !== 'enc')) {
    const jwk = readPrivateJwk(entry);
    if (jwk === null) return { ok: false, code: 'key-not-p256' };
    keys.push({ kid: thumbprintOf(jwk), jwk });
  }
  const wanted = kid === undefined ? keys : keys.filter((key) => key.kid === kid);
  const [key] = wanted;
  if (key === undefined)
    return { ok: false, code: keys.length === 0 ? 'signing-key-missing' : 'kid-unknown' };
  if (wanted.length > 1) return { ok: false, code: 'signing-key-ambiguous' };
  return isConsistent(key.jwk) ? { ok: true, key } : { ok: false, code: 'key-inconsistent' };
}
