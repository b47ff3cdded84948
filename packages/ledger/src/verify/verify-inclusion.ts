import { equalBytes } from '../bytes/equal-bytes.ts';
import { hashBytes, type Digest } from '../digest.ts';
import { hashNode } from '../tree/hash-tree-data.ts';

/** What an inclusion proof claims. */
export interface InclusionClaim {
  readonly leafHash: Uint8Array;
  /** Position of the leaf, from 0. */
  readonly position: number;
  /** Leaves of the tree. */
  readonly size: number;
  /** Audit path, leaf side first. */
  readonly hashes: readonly Uint8Array[];
  readonly root: Uint8Array;
  readonly digest: Digest;
}

/** Whether the leaf is at its position in the tree with this root; false for anything ill-formed (RFC 9162, 2.1.3.2). */
export async function verifyInclusion(claim: InclusionClaim): Promise<boolean> {
  const { leafHash, position, size, hashes, root, digest } = claim;
  if (!Number.isSafeInteger(position) || !Number.isSafeInteger(size)) return false;
  if (position < 0 || position >= size) return false;
  if ([leafHash, root, ...hashes].some((hash) => hash.length !== hashBytes)) return false;

  // Places of the node and of the last node of its level; halving moves both up a level.
  let node = position;
  let last = size - 1;
  let hash = leafHash;
  for (const sibling of hashes) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      hash = await hashNode({ left: sibling, right: hash }, digest);
      // The last node of a level without a partner goes up unhashed until it gets one.
      while (node % 2 === 0 && node !== 0) {
        node /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      hash = await hashNode({ left: hash, right: sibling }, digest);
    }
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && equalBytes(hash, root);
}
