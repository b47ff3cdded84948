import type { JwsType } from '@liaison/contracts';
import { decodeFixedPart, decodePart, splitCompact } from './compact-parts.ts';
import { digestOf } from './digest.ts';
import { type JwsHeader, jwsRules } from './jws-header.ts';
import { readHeader } from './read-header.ts';
import { type JsonObject, readObject } from './read-object.ts';
import { refuse, type SealFault, type Sealed } from './sealed.ts';

/** A signed message as read; only `verifyMessage` says that it is genuine. */
export interface ReadJws {
  readonly header: JwsHeader;
  /** The decoded payload: an object, of which no schema has been checked. */
  readonly payload: unknown;
  readonly payloadBytes: Uint8Array;
  /** Digest of the payload's bytes, the message's identity. */
  readonly digest: string;
  /** The compact serialisation as it came. */
  readonly jws: string;
}

/** What a reader expects of a signed message before any key is looked at. */
export interface JwsExpectation {
  readonly typ: JwsType | readonly JwsType[];
  /** Greatest size of the compact form, bytes. */
  readonly maxBytes: number;
  /** Greatest size of the decoded payload, bytes. */
  readonly maxPayloadBytes?: number;
}

const ecdsaSignatureBytes = 64;

/**
 * The gate: everything about a compact JWS that can be judged without a key, before node-jose sees it.
 * Size, three parts, canonical base64url, the closed header of the profile, an I-JSON object as payload that
 * repeats no header member, a signature of 64 bytes (RFC 7515, 7.1; RFC 7518, 3.4; RFC 7493).
 * @returns the message, not yet verified, or the first fault.
 */
export function readJws(text: string | Uint8Array, expect: JwsExpectation): Sealed<ReadJws> {
  const parts = splitCompact(text, 3, expect.maxBytes);
  if (!parts.ok) return parts;
  const [encodedHeader = '', encodedPayload = '', encodedSignature = ''] = parts.value;
  const types = typeof expect.typ === 'string' ? [expect.typ] : expect.typ;
  const header = readHeader(encodedHeader, jwsRules(types));
  if (!header.ok) return header;
  const bytes = decodePart(encodedPayload, 'payload');
  if (!bytes.ok) return bytes;
  if (bytes.value.length > (expect.maxPayloadBytes ?? Infinity)) return refuse('payload-too-large');
  const payload = readObject(bytes.value, 'payload');
  if (!payload.ok) return payload;
  const repeated = findRepeatedMember(header.value, payload.value);
  if (repeated !== undefined) return { ok: false, fault: repeated };
  const signature = decodeFixedPart(encodedSignature, 'signature', ecdsaSignatureBytes);
  if (!signature.ok) return signature;
  return {
    ok: true,
    value: {
      // The rules of the header have checked every member.
      header: header.value as unknown as JwsHeader,
      payload: payload.value,
      payloadBytes: bytes.value,
      digest: digestOf(bytes.value),
      jws: parts.value.join('.'),
    },
  };
}

/** Finds the header member that the payload repeats: two places for one fact invite reading the unsigned intent. */
export function findRepeatedMember(header: JsonObject, payload: JsonObject): SealFault | undefined {
  const member = Object.keys(header).find((name) => Object.hasOwn(payload, name));
  return member === undefined ? undefined : { code: 'header-member-repeated', member };
}
