import { createPublicKey } from 'node:crypto';
import { parcelType, type PublicJwk } from '@liaison/contracts';
import { patterns } from './patterns.ts';
import { exactly, matching, type MemberRule } from './read-header.ts';
import { isJsonObject } from './read-object.ts';

/** The one key agreement of the profile (RFC 7518, 4.6). */
export const keyAlgorithm = 'ECDH-ES+A256KW';
/** The one content encryption of the profile (RFC 7518, 5.3). */
export const contentAlgorithm = 'A256GCM';

/** The protected header of a parcel: exactly these members, in this order when written. */
export interface ParcelHeader {
  readonly alg: typeof keyAlgorithm;
  readonly enc: typeof contentAlgorithm;
  readonly typ: typeof parcelType;
  /** RFC 7638 thumbprint of the recipient's key. */
  readonly kid: string;
  /** Ephemeral public key. */
  readonly epk: PublicJwk;
}

/** The closed member set of a parcel. */
export const parcelRules: readonly MemberRule[] = [
  exactly('alg', keyAlgorithm, 'alg-not-allowed'),
  exactly('enc', contentAlgorithm, 'enc-not-allowed'),
  exactly('typ', parcelType, 'typ-wrong'),
  matching('kid', patterns.thumbprint),
  { name: 'epk', code: 'header-member-malformed', accepts: isPublicJwk },
];

/**
 * Whether a key is a point of P-256. A point off the curve makes the recipient's private key leak
 * bit by bit (RFC 7518, 4.6.1; RFC 8725, 3.4).
 */
export function isOnCurve(jwk: PublicJwk): boolean {
  try {
    createPublicKey({ key: { ...jwk }, format: 'jwk' });
    return true;
  } catch {
    return false;
  }
}

function isPublicJwk(value: unknown): value is PublicJwk {
  if (!isJsonObject(value) || Object.keys(value).length !== 4) return false;
  return (
    value['kty'] === 'EC' && value['crv'] === 'P-256' && isCoordinate(value['x']) && isCoordinate(value['y'])
  );
}

function isCoordinate(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  const bytes = Buffer.from(value, 'base64url');
  return bytes.length === 32 && bytes.toString('base64url') === value;
}
