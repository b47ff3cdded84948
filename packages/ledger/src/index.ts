export { decodeBase64, decodeBase64Url, encodeBase64, encodeBase64Url } from './bytes/base64.ts';
export type { Digest, Sha256 } from './digest.ts';
export { LedgerError } from './ledger-error.ts';
export type { LedgerErrorCode } from './ledger-error.ts';

export { hashEmptyTree, hashLeaf, hashNode } from './tree/hash-tree-data.ts';
export { frontierOf } from './tree/node-coordinates.ts';
export type { NodeCoordinates, TreeNode } from './tree/node-coordinates.ts';
export { appendLeaves } from './tree/append-leaves.ts';
export type { AppendedTree, TreeState } from './tree/append-leaves.ts';
export { rootOfFrontier } from './tree/root-of-frontier.ts';
export { proveConsistency } from './tree/prove-consistency.ts';
export { proveInclusion } from './tree/prove-inclusion.ts';
export type { ReadNodes, TreeReader } from './tree/read-range-hashes.ts';

export { canonicaliseDetails, commitDetails, openCommitment } from './leaf/commitment.ts';
export type { CommitmentFault, CommitmentResult, Opening } from './leaf/commitment.ts';
export { decodeLeaf, encodeLeaf } from './leaf/leaf.ts';
export type { LeafEvent, LeafFault, LeafResult } from './leaf/leaf.ts';
export { openReceiptLeaf, verifyReceiptLeaf } from './leaf/receipt-leaf.ts';
export type { ReceiptLeafFault, ReceiptLeafResult } from './leaf/receipt-leaf.ts';

export { formatCheckpoint, parseCheckpoint } from './note/checkpoint.ts';
export type { Checkpoint, ParsedCheckpoint } from './note/checkpoint.ts';
export { keyHash } from './note/key-hash.ts';
export { openCheckpoint } from './note/open-checkpoint.ts';
export type { CheckpointFault, CheckpointResult, LogTrust } from './note/open-checkpoint.ts';
export { openNote } from './note/open-note.ts';
export type { NoteFault, NoteResult, NoteTrust, VerifySignature } from './note/open-note.ts';
export { signNote } from './note/sign-note.ts';
export type { NoteSigner } from './note/sign-note.ts';
export { formatVerifierKey, parseVerifierKey } from './note/verifier-key.ts';
export type { VerifierKey, VerifierKeyResult } from './note/verifier-key.ts';

export { verifyConsistency } from './verify/verify-consistency.ts';
export type { ConsistencyClaim } from './verify/verify-consistency.ts';
export { verifyInclusion } from './verify/verify-inclusion.ts';
export type { InclusionClaim } from './verify/verify-inclusion.ts';
export { verifyProof } from './verify/verify-proof.ts';
export type { ProofFault, ProofResult } from './verify/verify-proof.ts';
export { verifyLogExport } from './export/verify-log-export.ts';
export type { LogExportFault, LogExportOptions, LogExportResult } from './export/verify-log-export.ts';
