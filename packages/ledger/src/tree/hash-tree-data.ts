import { concatBytes } from '../bytes/concat-bytes.ts';

type Hash<Result> = (bytes: Uint8Array<ArrayBuffer>) => Result;

/** Hash of a leaf: SHA-256(0x00 ‖ leaf). Answers as `digest` does, at once or later (RFC 6962, 2.1). */
export function hashLeaf<Result>(leaf: Uint8Array, digest: Hash<Result>): Result {
  return digest(concatBytes(Uint8Array.of(0), leaf));
}

/** Hash of an inner node: SHA-256(0x01 ‖ left ‖ right) (RFC 6962, 2.1). */
export function hashNode<Result>(
  { left, right }: { readonly left: Uint8Array; readonly right: Uint8Array },
  digest: Hash<Result>,
): Result {
  return digest(concatBytes(Uint8Array.of(1), left, right));
}

/** Root of the tree without leaves: SHA-256 of nothing (RFC 6962, 2.1). */
export function hashEmptyTree<Result>(digest: Hash<Result>): Result {
  return digest(new Uint8Array(0));
}
