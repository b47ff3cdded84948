import type { SealPart } from './sealed.ts';
import { refuse, type Sealed } from './sealed.ts';

const alphabet = /^[A-Za-z0-9_-]+$/;

/**
 * Splits a compact serialisation (RFC 7515, 3.1; RFC 7516, 3.1) into exactly `count` parts, still encoded.
 * @param maxBytes size above which nothing is looked at.
 */
export function splitCompact(
  text: string | Uint8Array,
  count: number,
  maxBytes: number,
): Sealed<readonly string[]> {
  if (text.length > maxBytes) return refuse('message-too-large');
  // Any byte outside ASCII becomes a character outside the alphabet, so nothing is lost by reading Latin-1.
  const compact =
    typeof text === 'string'
      ? text
      : Buffer.from(text.buffer, text.byteOffset, text.byteLength).toString('latin1');
  const parts = compact.split('.', count + 1);
  return parts.length === count ? { ok: true, value: parts } : refuse('part-count-wrong');
}

/**
 * Decodes a part whose text must be the only one for its bytes (RFC 4648, 3.5 and 5; RFC 7515, 2):
 * no padding, no other characters, no stray bits.
 */
export function decodePart(encoded: string, part: SealPart): Sealed<Buffer> {
  if (encoded === '') return refuse('part-empty', { part });
  const value = Buffer.from(encoded, 'base64url');
  if (value.toString('base64url') === encoded) return { ok: true, value };
  return refuse(alphabet.test(encoded) ? 'base64url-not-canonical' : 'base64url-invalid', { part });
}

/** Decodes a part that must have exactly `length` bytes. */
export function decodeFixedPart(encoded: string, part: SealPart, length: number): Sealed<Buffer> {
  const decoded = decodePart(encoded, part);
  return decoded.ok && decoded.value.length !== length ? refuse('part-length-wrong', { part }) : decoded;
}
