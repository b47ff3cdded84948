import { equalBytes } from '../bytes/equal-bytes.ts';
import { hashBytes, type Digest } from '../digest.ts';
import { hashEmptyTree, hashNode } from '../tree/hash-tree-data.ts';

/** What a consistency proof claims. */
export interface ConsistencyClaim {
  /** Leaves of the older tree. */
  readonly from: number;
  /** Leaves of the newer tree. */
  readonly to: number;
  readonly oldRoot: Uint8Array;
  readonly newRoot: Uint8Array;
  readonly hashes: readonly Uint8Array[];
  readonly digest: Digest;
}

/**
 * Whether the older tree is the beginning of the newer one; false for anything ill-formed (RFC 9162, 2.1.4.2).
 * The two cases that the RFC leaves out take an empty proof: a tree begins with itself, and every tree begins with
 * the empty one, whose root is known.
 */
export async function verifyConsistency(claim: ConsistencyClaim): Promise<boolean> {
  const { from, to, oldRoot, newRoot, hashes, digest } = claim;
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from < 0 || from > to) return false;
  if ([oldRoot, newRoot, ...hashes].some((hash) => hash.length !== hashBytes)) return false;
  if (from === 0 && !equalBytes(oldRoot, await hashEmptyTree(digest))) return false;
  if (from === to) return hashes.length === 0 && equalBytes(oldRoot, newRoot);
  if (from === 0) return hashes.length === 0;

  // Places of the older tree's last node and of the newer tree's last node; halving moves both up a level.
  let node = from - 1;
  let last = to - 1;
  while (node % 2 === 1) {
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  // Here `node` is 0 only where the older tree is complete, and then its root is where the proof starts.
  const [start, ...rest] = node === 0 ? [oldRoot, ...hashes] : hashes;
  if (start === undefined) return false;
  let oldHash = start;
  let newHash = start;
  for (const sibling of rest) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      oldHash = await hashNode({ left: sibling, right: oldHash }, digest);
      newHash = await hashNode({ left: sibling, right: newHash }, digest);
      while (node % 2 === 0 && node !== 0) {
        node /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      newHash = await hashNode({ left: newHash, right: sibling }, digest);
    }
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && equalBytes(oldHash, oldRoot) && equalBytes(newHash, newRoot);
}
