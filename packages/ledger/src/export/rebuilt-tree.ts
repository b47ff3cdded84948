import type { Digest } from '../digest.ts';
import { hashEmptyTree, hashNode } from '../tree/hash-tree-data.ts';

/** A tree that a verifier rebuilds leaf by leaf; holds O(log size) hashes. */
export interface RebuiltTree {
  readonly size: number;
  /** Hashes of the complete subtrees, largest first. */
  readonly frontier: readonly Uint8Array[];
}

/** The tree with one leaf more. Unlike `appendLeaves` it waits for each hash, as WebCrypto asks. */
export async function addLeaf(
  { size, frontier }: RebuiltTree,
  { leafHash, digest }: { readonly leafHash: Uint8Array; readonly digest: Digest },
): Promise<RebuiltTree> {
  const peaks = [...frontier];
  let hash = leafHash;
  for (let place = size; place % 2 === 1; place = (place - 1) / 2) {
    const left = peaks.pop();
    if (left !== undefined) hash = await hashNode({ left, right: hash }, digest);
  }
  return { size: size + 1, frontier: [...peaks, hash] };
}

/** Root of the tree so far (RFC 6962, 2.1). */
export async function rootOf({ frontier }: RebuiltTree, digest: Digest): Promise<Uint8Array> {
  let root = frontier.at(-1) ?? (await hashEmptyTree(digest));
  for (const left of frontier.slice(0, -1).reverse()) root = await hashNode({ left, right: root }, digest);
  return root;
}
