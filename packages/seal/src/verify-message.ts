import type { PublicJwk } from '@liaison/contracts';
import jose from 'node-jose';
import { importVerifyingKey } from './import-key.ts';
import { type JwsHeader, signatureAlgorithm } from './jws-header.ts';
import { type JwsExpectation, readJws, type ReadJws } from './read-jws.ts';
import { type Refused, refuse, type Sealed } from './sealed.ts';

/** The key that the directory has for a header, or why it has none that may be used. */
export type KeyChoice =
  | { readonly ok: true; readonly jwk: PublicJwk }
  | {
      readonly ok: false;
      readonly code: 'key-unknown' | 'key-use-wrong' | 'key-not-yet-valid' | 'key-expired' | 'key-revoked';
    };

/** Chooses the key by `kid`, `iss` and `typ` from the directory, never from the message; validity is its affair. */
export type ChooseKey = (header: JwsHeader) => KeyChoice;

/** The window in which `iat` must lie, both ends included, milliseconds. */
export interface ClockWindow {
  readonly nowMs: number;
  readonly maxAgeMs: number;
  readonly maxAheadMs: number;
}

/** What a reader demands of a signed message. */
export interface VerifyOptions extends JwsExpectation {
  readonly audience: string;
  readonly chooseKey: ChooseKey;
  /** null: staleness is not judged (it is for referrals and requests only). */
  readonly clock: ClockWindow | null;
}

/**
 * Verifies a signed message: size, gate, key, signature, audience, clock, in this order.
 * @returns the message, or the first fault; a fault before the signature says nothing about who sent it.
 */
export async function verifyMessage(
  text: string | Uint8Array,
  options: VerifyOptions,
): Promise<Sealed<ReadJws>> {
  const read = readJws(text, options);
  if (!read.ok) return read;
  const { header, jws } = read.value;
  const choice = options.chooseKey(header);
  if (!choice.ok) return refuse(choice.code, { member: 'kid' });
  if (!(await isSignedBy(choice.jwk, jws))) return refuse('signature-invalid');
  if (header.aud !== options.audience) return refuse('audience-wrong', { member: 'aud' });
  return judgeClock(header.iat * 1000, options.clock) ?? read;
}

async function isSignedBy(jwk: PublicJwk, jws: string): Promise<boolean> {
  const key = await importVerifyingKey(jwk);
  try {
    await jose.JWS.createVerify(key, { algorithms: [signatureAlgorithm] }).verify(jws);
    return true;
  } catch (cause) {
    // node-jose's words for "the one key given did not verify it"; anything else is no verdict.
    if (cause instanceof Error && cause.message === 'no key found') return false;
    throw cause;
  }
}

function judgeClock(issuedAtMs: number, clock: ClockWindow | null): Refused | undefined {
  if (clock === null) return undefined;
  if (clock.nowMs - issuedAtMs > clock.maxAgeMs) return refuse('iat-stale', { member: 'iat' });
  if (issuedAtMs - clock.nowMs > clock.maxAheadMs) return refuse('iat-in-future', { member: 'iat' });
  return undefined;
}
