import { audienceOf, validateReceived, type SubmissionReceipt } from '@liaison/contracts';
import { verifyReceiptLeaf, type LeafEvent, type ReceiptLeafFault } from '@liaison/ledger';
import { readJws, verifyMessage, type SealCode } from '@liaison/seal';
import { chooseHubKey, revocationOf, type HubKeys, type Revocation } from './hub-keys.ts';
import type { MemberTrust } from './member-trust.ts';
import { sha256 } from './node-crypto.ts';

/** Why a receipt does not prove what it should. */
export type ReceiptFault =
  | SealCode
  | ReceiptLeafFault
  /** Signed, but not of the shape of a receipt. */
  | 'schema-invalid'
  /** A good receipt, for another payload. */
  | 'payload-digest-differs'
  /** A good receipt, for another reference. */
  | 'reference-differs'
  /** A good receipt, for another referral than the answer that it came with names. */
  | 'referral-id-differs';

/** A receipt that was found good. */
export interface VerifiedReceipt {
  /** As it came: keep it. */
  readonly jws: string;
  readonly payload: SubmissionReceipt;
  /** The ledger leaf's bytes: what `verifyProof` takes. */
  readonly leaf: Uint8Array;
  readonly event: LeafEvent;
  readonly kid: string;
  /** Not null: the hub's key was withdrawn later, so that only a proof from the ledger still convinces. */
  readonly keyRevoked: Revocation | null;
}

/** What became of a receipt. */
export type ReceiptResult =
  | { readonly ok: true; readonly receipt: VerifiedReceipt }
  | { readonly ok: false; readonly code: ReceiptFault };

/** What the receipt has to be for, as far as it is known. */
export interface ReceiptExpectation {
  readonly payloadDigest?: string;
  readonly providerReference?: string;
  readonly referralId?: string;
}

/** Whose receipt it is, of which hub and ledger, and with which keys it is checked. */
export interface ReceiptTrust extends MemberTrust {
  readonly hubKeys: HubKeys;
}

const maxBytes = 64 * 1024;
const typ = 'submission-receipt+jws';

function judgeExpectation(receipt: SubmissionReceipt, expect: ReceiptExpectation): ReceiptFault | null {
  const { payloadDigest = receipt.payloadDigest, providerReference = receipt.providerReference } = expect;
  if (receipt.payloadDigest !== payloadDigest) return 'payload-digest-differs';
  if (receipt.providerReference !== providerReference) return 'reference-differs';
  const { referralId = receipt.referralId } = expect;
  return receipt.referralId === referralId ? null : 'referral-id-differs';
}

/**
 * Verifies a submission receipt from its bytes and public keys alone: the hub's signature with a key for receipts, our own
 * audience, schema, what it is for, and that the ledger leaf it carries opens and says the same.
 * @param expect what it has to be for; a member left out is not compared.
 */
export async function verifyReceipt(
  jws: string,
  trust: ReceiptTrust,
  expect: ReceiptExpectation = {},
): Promise<ReceiptResult> {
  const read = readJws(jws, { typ, maxBytes });
  if (!read.ok) return { ok: false, code: read.fault.code };
  const receipt = validateReceived('submission-receipt', read.value.payload);
  // A signature is judged first: without one, nothing else that the text says is worth a code of its own.
  const acceptedAtMs = receipt.ok ? Date.parse(receipt.value.acceptedAt) : read.value.header.iat * 1000;
  const verified = await verifyMessage(jws, {
    typ,
    maxBytes,
    audience: audienceOf(trust.instance, trust.participantId),
    chooseKey: chooseHubKey(trust.hubKeys, trust.hub, acceptedAtMs),
    clock: null,
  });
  if (!verified.ok) return { ok: false, code: verified.fault.code };
  if (!receipt.ok) return { ok: false, code: 'schema-invalid' };
  const payload = receipt.value;
  const fault = judgeExpectation(payload, expect);
  if (fault !== null) return { ok: false, code: fault };
  const opened = await verifyReceiptLeaf({ receipt: payload, origin: trust.log.origin, digest: sha256 });
  if (!opened.ok) return opened;
  const { kid } = verified.value.header;
  const keyRevoked = revocationOf(trust.hubKeys, trust.hub, kid);
  return { ok: true, receipt: { jws, payload, leaf: opened.leaf, event: opened.event, kid, keyRevoked } };
}
