import type { PublicJwk } from '@liaison/contracts';
import jose from 'node-jose';
import { signatureAlgorithm } from './jws-header.ts';
import { keyAlgorithm } from './parcel-header.ts';
import type { PrivateJwk } from './keys.ts';

// Importing costs as much as a signature, and the directory hands out the same objects again and again.
const verifying = new WeakMap<PublicJwk, Promise<jose.Key>>();
const signing = new WeakMap<PrivateJwk, Promise<jose.Key>>();
const encrypting = new WeakMap<PublicJwk, Promise<jose.Key>>();
const decrypting = new WeakMap<PrivateJwk, Promise<jose.Key>>();

/** Imports a key that node-jose may use to verify ES256 and for nothing else. */
export function importVerifyingKey(jwk: PublicJwk): Promise<jose.Key> {
  return remember(verifying, jwk, () => ({ ...publicPart(jwk), use: 'sig', alg: signatureAlgorithm }));
}

/** Imports a key that node-jose may use to sign with ES256 and for nothing else. */
export function importSigningKey(jwk: PrivateJwk): Promise<jose.Key> {
  return remember(signing, jwk, () => ({
    ...publicPart(jwk),
    d: jwk.d,
    use: 'sig',
    alg: signatureAlgorithm,
  }));
}

/** Imports a key that node-jose may use to encrypt a content key to, and for nothing else. */
export function importEncryptingKey(jwk: PublicJwk): Promise<jose.Key> {
  return remember(encrypting, jwk, () => ({ ...publicPart(jwk), use: 'enc', alg: keyAlgorithm }));
}

/** Imports a key that node-jose may use to decrypt a content key, and for nothing else. */
export function importDecryptingKey(jwk: PrivateJwk): Promise<jose.Key> {
  return remember(decrypting, jwk, () => ({ ...publicPart(jwk), d: jwk.d, use: 'enc', alg: keyAlgorithm }));
}

function remember<Jwk extends object>(
  memo: WeakMap<Jwk, Promise<jose.Key>>,
  jwk: Jwk,
  toInput: () => jose.KeyInput,
): Promise<jose.Key> {
  const known = memo.get(jwk);
  if (known !== undefined) return known;
  const imported = jose.JWK.asKey(toInput());
  memo.set(jwk, imported);
  return imported;
}

/** Members beyond these could widen what a key is good for. */
function publicPart({ kty, crv, x, y }: PublicJwk): PublicJwk {
  return { kty, crv, x, y };
}
