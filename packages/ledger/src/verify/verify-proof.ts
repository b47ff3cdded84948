import { decodeBase64Url } from '../bytes/base64.ts';
import type { Digest } from '../digest.ts';
import { isJsonObject } from '../leaf/canonical-json.ts';
import type { ParsedCheckpoint } from '../note/checkpoint.ts';
import { openCheckpoint, type CheckpointFault, type LogTrust } from '../note/open-checkpoint.ts';
import { hashLeaf } from '../tree/hash-tree-data.ts';
import { verifyInclusion } from './verify-inclusion.ts';

/** Why a proof does not hold. */
export type ProofFault =
  | CheckpointFault
  | 'proof-malformed'
  /** The checkpoint is of another size than the proof. */
  | 'size-wrong'
  /** The leaf is not there. */
  | 'inclusion-wrong';

/** What became of a proof. */
export type ProofResult =
  | { readonly ok: true; readonly position: number; readonly checkpoint: ParsedCheckpoint }
  | { readonly ok: false; readonly code: ProofFault };

interface ParsedProof {
  readonly position: number;
  readonly size: number;
  readonly hashes: readonly Uint8Array[];
  readonly checkpoint: string;
}

function parseProof(proof: unknown): ParsedProof | undefined {
  if (!isJsonObject(proof) || !Array.isArray(proof['hashes'])) return undefined;
  const { position, size, checkpoint } = proof;
  const hashes = proof['hashes']
    .map((hash: unknown) => (typeof hash === 'string' ? decodeBase64Url(hash) : undefined))
    .filter((hash) => hash !== undefined);
  if (typeof position !== 'number' || typeof size !== 'number' || typeof checkpoint !== 'string')
    return undefined;
  return hashes.length === proof['hashes'].length ? { position, size, hashes, checkpoint } : undefined;
}

/**
 * Verifies that a leaf is in the log, offline: a checkpoint of this log, signed by a key that we know, and a path from
 * the leaf to its root. `proof` is what the audit API answers (`InclusionProof`), believed in nothing.
 */
export async function verifyProof({
  leaf,
  proof,
  digest,
  ...trust
}: LogTrust & {
  /** The leaf's bytes. */
  readonly leaf: Uint8Array;
  readonly proof: unknown;
  readonly digest: Digest;
}): Promise<ProofResult> {
  const parsed = parseProof(proof);
  if (parsed === undefined) return { ok: false, code: 'proof-malformed' };
  const opened = await openCheckpoint(parsed.checkpoint, trust);
  if (!opened.ok) return opened;
  const { position, size, hashes } = parsed;
  const { checkpoint } = opened;
  if (checkpoint.size !== size) return { ok: false, code: 'size-wrong' };
  const leafHash = await hashLeaf(leaf, digest);
  const { root } = checkpoint;
  if (!(await verifyInclusion({ leafHash, position, size, hashes, root, digest })))
    return { ok: false, code: 'inclusion-wrong' };
  return { ok: true, position, checkpoint };
}
