import { hashBytes, type Sha256 } from '../digest.ts';
import { LedgerError } from '../ledger-error.ts';
import { hashNode } from './hash-tree-data.ts';
import { frontierOf, type TreeNode } from './node-coordinates.ts';
import { rootOfFrontier } from './root-of-frontier.ts';

/** A tree, as far as appending needs it. */
export interface TreeState {
  /** Number of leaves. */
  readonly size: number;
  /** Hashes of its complete subtrees, largest first (`frontierOf` says which). */
  readonly frontier: readonly Uint8Array[];
}

/** The tree after an append. */
export interface AppendedTree extends TreeState {
  readonly root: Uint8Array;
  /** Every subtree that became complete, leaves included: what the storage adds. */
  readonly nodes: readonly TreeNode[];
}

/**
 * Appends leaf hashes to a tree (RFC 6962, 2.1): fewer than two hashes a leaf, and one a peak for the root.
 *
 * @throws LedgerError `size-out-of-range`, `frontier-wrong`, `hash-length-wrong`
 */
export function appendLeaves(
  tree: TreeState & { readonly leafHashes: readonly Uint8Array[]; readonly sha256: Sha256 },
): AppendedTree {
  const { leafHashes, sha256 } = tree;
  if (tree.frontier.length !== frontierOf(tree.size).length) throw new LedgerError('frontier-wrong');
  if (!Number.isSafeInteger(tree.size + leafHashes.length)) throw new LedgerError('size-out-of-range');
  if ([...tree.frontier, ...leafHashes].some((hash) => hash.length !== hashBytes))
    throw new LedgerError('hash-length-wrong');

  const frontier = [...tree.frontier];
  const nodes: TreeNode[] = [];
  let size = tree.size;
  for (const leafHash of leafHashes) {
    let node: TreeNode = { level: 0, index: size, hash: leafHash };
    nodes.push(node);
    while (node.index % 2 === 1) {
      const left = frontier.pop();
      if (left === undefined) throw new LedgerError('frontier-wrong');
      node = {
        level: node.level + 1,
        index: (node.index - 1) / 2,
        hash: hashNode({ left, right: node.hash }, sha256),
      };
      nodes.push(node);
    }
    frontier.push(node.hash);
    size += 1;
  }
  return { size, frontier, root: rootOfFrontier(frontier, sha256), nodes };
}
