import { limits, type ProblemCode } from '@liaison/contracts';
import { readJws, type SealFault } from '@liaison/seal';

/** What the hub's gate says of a payload, before any key is looked at. */
export type GateVerdict =
  | { readonly ok: true; readonly payload: object }
  | { readonly ok: false; readonly problem: ProblemCode; readonly fault: SealFault };

const encode = (bytes: string | Uint8Array): string => Buffer.from(bytes).toString('base64url');

/** Stands for the header and the signature, which are not there yet and which the gate judges by their form. */
const header = {
  alg: 'ES256',
  typ: 'referral+jws',
  kid: 'A'.repeat(43),
  iss: 'sender',
  aud: 'hub',
  iat: 0,
  jti: '00000000-0000-7000-8000-000000000000',
};
const signatureBytes = 64;

function problemOf({ code }: SealFault): ProblemCode {
  if (code === 'message-too-large') return 'body-too-large';
  return code === 'payload-too-large' ? 'payload-too-large' : 'jws-malformed';
}

function toText(value: unknown): string {
  try {
    // Undefined has no JSON form.
    return JSON.stringify(value) ?? '';
  } catch (error) {
    if (error instanceof TypeError) return '';
    throw error;
  }
}

/**
 * Passes a value through the gate that every message meets: size, I-JSON, no member of the header in the payload.
 * @returns the value as it will be on the wire, or the first fault.
 */
export function passGate(value: unknown): GateVerdict {
  const parts = [JSON.stringify(header), toText(value), new Uint8Array(signatureBytes)];
  const read = readJws(parts.map(encode).join('.'), {
    typ: 'referral+jws',
    maxBytes: limits.referralJwsBytes,
    maxPayloadBytes: limits.referralPayloadBytes,
  });
  return read.ok
    ? { ok: true, payload: read.value.payload as object }
    : { ok: false, problem: problemOf(read.fault), fault: read.fault };
}
