import { decodeFixedPart, decodePart, splitCompact } from './compact-parts.ts';
import { isOnCurve, type ParcelHeader, parcelRules } from './parcel-header.ts';
import { readHeader } from './read-header.ts';
import { refuse, type Sealed } from './sealed.ts';

/** An encrypted parcel as read, not yet opened. */
export interface ReadParcelHeader {
  readonly header: ParcelHeader;
  /** The recipient's key that opens it. */
  readonly kid: string;
  /** The compact serialisation as it came. */
  readonly jwe: string;
}

/** A 256-bit content key wrapped by RFC 3394 gains eight bytes. */
const wrappedKeyBytes = 40;
const gcmIvBytes = 12;
const gcmTagBytes = 16;

/**
 * The gate for parcels: everything about a compact JWE that can be judged without a key, before node-jose sees
 * it. Size, five parts, canonical base64url, the closed header of the profile (so no `zip`), an ephemeral key on
 * the curve, fixed lengths of wrapped key, IV and tag (RFC 7516, 7.1; RFC 7518, 4.6 and 5.3).
 * @param maxBytes greatest size of the compact form, bytes.
 * @returns the header, or the first fault.
 */
export function readParcelHeader(text: string | Uint8Array, maxBytes: number): Sealed<ReadParcelHeader> {
  const parts = splitCompact(text, 5, maxBytes);
  if (!parts.ok) return parts;
  const [encodedHeader = '', encryptedKey = '', iv = '', ciphertext = '', tag = ''] = parts.value;
  const read = readHeader(encodedHeader, parcelRules);
  if (!read.ok) return read;
  // The rules of the header have checked every member.
  const header = read.value as unknown as ParcelHeader;
  if (!isOnCurve(header.epk)) return refuse('epk-not-on-curve', { member: 'epk' });
  const rest = [
    decodeFixedPart(encryptedKey, 'encrypted-key', wrappedKeyBytes),
    decodeFixedPart(iv, 'iv', gcmIvBytes),
    decodePart(ciphertext, 'ciphertext'),
    decodeFixedPart(tag, 'tag', gcmTagBytes),
  ];
  const refused = rest.find((part) => !part.ok);
  return refused ?? { ok: true, value: { header, kid: header.kid, jwe: parts.value.join('.') } };
}
