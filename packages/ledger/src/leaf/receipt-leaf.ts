import type { SubmissionReceipt } from '@liaison/contracts';
import { decodeBase64Url } from '../bytes/base64.ts';
import type { Digest } from '../digest.ts';
import { openCommitment, type CommitmentFault } from './commitment.ts';
import { decodeLeaf, type LeafEvent, type LeafFault } from './leaf.ts';

/** Why a receipt's leaf does not prove what the receipt says. */
export type ReceiptLeafFault =
  | LeafFault
  | CommitmentFault
  /** A good leaf, of another log. */
  | 'origin-wrong'
  /** A good leaf, about something else than the receipt. */
  | 'receipt-leaf-unrelated';

/** What became of a receipt's leaf. */
export type ReceiptLeafResult =
  | {
      readonly ok: true;
      /** What `verifyProof` takes. */
      readonly leaf: Uint8Array;
      readonly event: LeafEvent;
      readonly details: Readonly<Record<string, unknown>>;
    }
  | { readonly ok: false; readonly code: ReceiptLeafFault };

/** Opens the leaf that a receipt carries: canonical, and its commitment opens to the details that came with it. */
export async function openReceiptLeaf(
  ledger: SubmissionReceipt['ledger'],
  digest: Digest,
): Promise<ReceiptLeafResult> {
  const leaf = decodeBase64Url(ledger.leaf);
  const salt = decodeBase64Url(ledger.salt);
  if (leaf === undefined) return { ok: false, code: 'leaf-malformed' };
  if (salt === undefined) return { ok: false, code: 'salt-malformed' };
  const decoded = decodeLeaf(leaf);
  if (!decoded.ok) return decoded;
  const { event } = decoded;
  const opened = await openCommitment({
    commitment: event.commitment,
    salt,
    details: ledger.details,
    digest,
  });
  return opened.ok ? { ok: true, leaf, event, details: opened.details } : opened;
}

/**
 * Opens a receipt's leaf and checks that it is about what the receipt says: that this referral (`subjectId`), with this
 * payload (`payloadDigest` of the details), was accepted then (`at`), in this log.
 */
export async function verifyReceiptLeaf({
  receipt,
  origin,
  digest,
}: {
  /** The payload of a receipt whose signature and schema were checked. */
  readonly receipt: Pick<SubmissionReceipt, 'referralId' | 'payloadDigest' | 'acceptedAt' | 'ledger'>;
  readonly origin: string;
  readonly digest: Digest;
}): Promise<ReceiptLeafResult> {
  const opened = await openReceiptLeaf(receipt.ledger, digest);
  if (!opened.ok) return opened;
  const { event, details } = opened;
  if (event.origin !== origin) return { ok: false, code: 'origin-wrong' };
  const related =
    event.type === 'referralAccepted' &&
    event.subjectId === receipt.referralId &&
    event.at === receipt.acceptedAt &&
    details['payloadDigest'] === receipt.payloadDigest;
  return related ? opened : { ok: false, code: 'receipt-leaf-unrelated' };
}
