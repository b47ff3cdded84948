import { verifyProof, type ParsedCheckpoint, type ProofFault } from '@liaison/ledger';
import { logKeyTextsOf, readLogKeys, type LogKeyFault } from './log-keys.ts';
import { sha256, verifyEd25519 } from './node-crypto.ts';
import {
  verifyReceipt,
  type ReceiptExpectation,
  type ReceiptFault,
  type ReceiptTrust,
  type VerifiedReceipt,
} from './verify-receipt.ts';

/** A receipt with the proof that its leaf is in the ledger. */
export interface ProofBundle {
  /** Compact JWS. */
  readonly receipt: string;
  /** What `GET /log/inclusion-proof` answered, decoded; believed in nothing. */
  readonly proof: unknown;
}

/** What became of a bundle; `step` says which of its parts failed. */
export type ProofBundleResult =
  | {
      readonly ok: true;
      readonly receipt: VerifiedReceipt;
      /** Position of the leaf in the log. */
      readonly position: number;
      readonly checkpoint: ParsedCheckpoint;
    }
  | { readonly ok: false; readonly step: 'receipt'; readonly code: ReceiptFault }
  | { readonly ok: false; readonly step: 'keys'; readonly code: LogKeyFault }
  | { readonly ok: false; readonly step: 'proof'; readonly code: ProofFault };

/**
 * Verifies offline that a referral was accepted and that its acceptance stands in the ledger: the receipt, and a path
 * from its leaf to a checkpoint signed by the log (RFC 6962, 2.1.1).
 */
export async function verifyProofBundle(
  bundle: ProofBundle,
  trust: ReceiptTrust,
  expect: ReceiptExpectation = {},
): Promise<ProofBundleResult> {
  const verified = await verifyReceipt(bundle.receipt, trust, expect);
  if (!verified.ok) return { ...verified, step: 'receipt' };
  const logKeys = await readLogKeys(logKeyTextsOf(trust, trust.hubKeys));
  if (!logKeys.ok) return { ...logKeys, step: 'keys' };
  const proven = await verifyProof({
    leaf: verified.receipt.leaf,
    proof: bundle.proof,
    origin: trust.log.origin,
    verifierKeys: logKeys.keys,
    verify: verifyEd25519,
    digest: sha256,
  });
  if (!proven.ok) return { ...proven, step: 'proof' };
  const { position, checkpoint } = proven;
  return { ok: true, receipt: verified.receipt, position, checkpoint };
}
