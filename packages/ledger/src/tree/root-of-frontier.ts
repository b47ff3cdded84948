import type { Sha256 } from '../digest.ts';
import { hashEmptyTree, hashNode } from './hash-tree-data.ts';

/** Root of the tree whose complete subtrees, largest first, are these; none for the empty tree (RFC 6962, 2.1). */
export function rootOfFrontier(frontier: readonly Uint8Array[], sha256: Sha256): Uint8Array {
  if (frontier.length === 0) return hashEmptyTree(sha256);
  return frontier.reduceRight((right, left) => hashNode({ left, right }, sha256));
}
