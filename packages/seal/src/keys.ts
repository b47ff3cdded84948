import { createHash, generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import type { PublicJwk } from '@liaison/contracts';
import { SealError } from './sealed.ts';

/** Private key on P-256 (RFC 7518, 6.2.2). */
export interface PrivateJwk extends PublicJwk {
  readonly d: string;
}

/** A key pair with its id. */
export interface KeyPair {
  readonly kid: string;
  readonly publicJwk: PublicJwk;
  readonly privateJwk: PrivateJwk;
}

/** The id of a key: its SHA-256 thumbprint, unpadded base64url (RFC 7638, 3). */
export function thumbprintOf(jwk: PublicJwk): string {
  const required = JSON.stringify({ crv: jwk.crv, kty: jwk.kty, x: jwk.x, y: jwk.y });
  return createHash('sha256').update(required).digest('base64url');
}

/** Makes a key pair on P-256 from the system's randomness. */
export function generateKeyPair(): KeyPair {
  const { x, y, d } = exportedPair();
  const publicJwk: PublicJwk = { kty: 'EC', crv: 'P-256', x, y };
  return { kid: thumbprintOf(publicJwk), publicJwk, privateJwk: { ...publicJwk, d } };
}

/**
 * Insists that a key goes under its own id: what is sealed under another id nobody can open.
 * @throws SealError `kid-not-thumbprint`.
 */
export function requireOwnId(kid: string, jwk: PublicJwk): void {
  if (thumbprintOf(jwk) !== kid) throw new SealError({ code: 'kid-not-thumbprint' });
}

function exportedPair(): { readonly x: string; readonly y: string; readonly d: string } {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '', d = '' }: JsonWebKey = privateKey.export({ format: 'jwk' });
  return { x, y, d };
}
