import { encodeBase64Url } from '../bytes/base64.ts';
import { concatBytes } from '../bytes/concat-bytes.ts';
import type { Digest } from '../digest.ts';
import { LedgerError } from '../ledger-error.ts';
import { canonicalise, parseCanonicalObject } from './canonical-json.ts';

const saltBytes = 32;

/** What opens a commitment; erased with the content it belongs to. */
export interface Opening {
  /** 32 random bytes. */
  readonly salt: Uint8Array;
  /** JSON text of the details in RFC 8785 form, as `canonicaliseDetails` makes it. */
  readonly details: string;
}

/** Why an opening does not open. */
export type CommitmentFault = 'salt-malformed' | 'details-not-canonical' | 'commitment-wrong';

/** What became of an opening. */
export type CommitmentResult =
  | { readonly ok: true; readonly details: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly code: CommitmentFault };

async function hashOpening({ salt, details }: Opening, digest: Digest): Promise<string> {
  const encoder = new TextEncoder();
  const parts = [encoder.encode('liaison-event-v1'), salt, encoder.encode(details)];
  return `sha-256:${encodeBase64Url(await digest(concatBytes(...parts)))}`;
}

/**
 * RFC 8785 text of an event's details.
 *
 * @throws LedgerError `value-not-json`
 */
export function canonicaliseDetails(details: object): string {
  return canonicalise(details);
}

/**
 * Commitment to an event's details: `sha-256:` and base64url of SHA-256(`liaison-event-v1` ‖ salt ‖ details).
 * Without the salt it says nothing about the details.
 *
 * @throws LedgerError `salt-length-wrong`, `details-not-canonical`
 */
export async function commitDetails({
  salt,
  details,
  digest,
}: Opening & { readonly digest: Digest }): Promise<string> {
  if (salt.length !== saltBytes) throw new LedgerError('salt-length-wrong');
  if (parseCanonicalObject(details) === undefined) throw new LedgerError('details-not-canonical');
  return hashOpening({ salt, details }, digest);
}

/** Checks that an opening is that of a commitment, and returns the details. */
export async function openCommitment({
  commitment,
  salt,
  details,
  digest,
}: Opening & { readonly commitment: string; readonly digest: Digest }): Promise<CommitmentResult> {
  if (salt.length !== saltBytes) return { ok: false, code: 'salt-malformed' };
  const value = parseCanonicalObject(details);
  if (value === undefined) return { ok: false, code: 'details-not-canonical' };
  if ((await hashOpening({ salt, details }, digest)) !== commitment)
    return { ok: false, code: 'commitment-wrong' };
  return { ok: true, details: value };
}
