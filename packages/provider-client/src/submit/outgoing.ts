import { audienceOf, limits, type Membership } from '@liaison/contracts';
import { readJws, signMessage, type Sealed, type SigningKey } from '@liaison/seal';
import type { Clock } from '../clock.ts';
import { isObject } from '../http/parse-json.ts';

/** A signed referral on its way. */
export interface Outgoing {
  readonly jws: string;
  /** Digest of the payload's bytes: what the receipt has to name. */
  readonly digest: string;
  readonly reference: string;
  readonly signedAtMs: number;
  /** What was signed, to be signed anew; null where the caller brought its own bytes. */
  readonly payload: object | null;
}

/** Signs referrals for one hub. */
export type SignReferral = (payload: object) => Promise<Outgoing>;

function referenceOf(payload: unknown): string {
  const reference = isObject(payload) ? payload['providerReference'] : undefined;
  return typeof reference === 'string' ? reference : '';
}

/** Makes the signer of one member. */
export function createReferralSigner(deps: {
  readonly membership: Membership;
  readonly signingKey: SigningKey;
  readonly clock: Clock;
  readonly newId: () => string;
}): SignReferral {
  const { membership, signingKey, clock, newId } = deps;
  return async (payload) => {
    const signedAtMs = clock.nowMs();
    const { jws, digest } = await signMessage(
      {
        typ: 'referral+jws',
        issuer: membership.participantId,
        audience: audienceOf(membership.instance, membership.hub),
        id: newId(),
        issuedAtMs: signedAtMs,
        payload,
      },
      signingKey,
    );
    return { jws, digest, reference: referenceOf(payload), signedAtMs, payload };
  };
}

/** Takes up what was signed earlier. */
export function takeUpJws(jws: string): Sealed<Outgoing> {
  const read = readJws(jws, {
    typ: 'referral+jws',
    maxBytes: limits.referralJwsBytes,
    maxPayloadBytes: limits.referralPayloadBytes,
  });
  if (!read.ok) return read;
  const { header, payload, digest } = read.value;
  const reference = referenceOf(payload);
  return { ok: true, value: { jws, digest, reference, signedAtMs: header.iat * 1000, payload: null } };
}

/** Before the hub's window closes on it, with a margin for the way and for clocks. */
const freshMs = limits.iatMaxAgeMs - 60_000;

/** Whether the same bytes may still be sent. */
export function isFresh({ signedAtMs }: Outgoing, nowMs: number): boolean {
  return Math.abs(nowMs - signedAtMs) < freshMs;
}
