import { LedgerError } from '../ledger-error.ts';

/** Place of a complete subtree: the leaves from `index * 2 ** level` up to `(index + 1) * 2 ** level`. */
export interface NodeCoordinates {
  /** 0 is a leaf. */
  readonly level: number;
  /** Position among the nodes of its level, from 0. */
  readonly index: number;
}

/** A complete subtree: it never changes once it is there. */
export interface TreeNode extends NodeCoordinates {
  readonly hash: Uint8Array;
}

/** Leaves from `start` (included) to `end` (excluded). */
export interface LeafRange {
  readonly start: number;
  readonly end: number;
}

/** Height of the largest complete subtree that `count` (1 or more) leaves fill. */
function heightWithin(count: number): number {
  let height = 0;
  // Powers of two, not bit operators: those stop at 32 bits, sizes at 53.
  while (2 ** (height + 1) <= count) height += 1;
  return height;
}

/** Where a subtree of `count` (2 or more) leaves is split: the largest power of two below it (RFC 6962, 2.1). */
export function splitOf(count: number): number {
  return 2 ** heightWithin(count - 1);
}

/**
 * The complete subtrees that make up a range, largest first.
 * The range has to be a subtree of RFC 6962, as those of a proof are: then each of them starts where it may.
 */
export function coverRange({ start, end }: LeafRange): readonly NodeCoordinates[] {
  const cover: NodeCoordinates[] = [];
  let position = start;
  while (position < end) {
    const level = heightWithin(end - position);
    cover.push({ level, index: position / 2 ** level });
    position += 2 ** level;
  }
  return cover;
}

/**
 * The frontier of a tree: its complete subtrees, largest first; as many as `size` has binary ones.
 *
 * @throws LedgerError `size-out-of-range`
 */
export function frontierOf(size: number): readonly NodeCoordinates[] {
  if (!Number.isSafeInteger(size) || size < 0) throw new LedgerError('size-out-of-range');
  return coverRange({ start: 0, end: size });
}
