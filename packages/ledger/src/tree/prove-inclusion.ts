import { LedgerError } from '../ledger-error.ts';
import { splitOf, type LeafRange } from './node-coordinates.ts';
import { readRangeHashes, type TreeReader } from './read-range-hashes.ts';

/** The siblings on the way from a leaf to the root, leaf side first: PATH(position, D[size]). */
function findInclusionPath(position: number, size: number): readonly LeafRange[] {
  const path: LeafRange[] = [];
  let [start, end] = [0, size];
  while (end - start > 1) {
    const middle = start + splitOf(end - start);
    if (position < middle) {
      path.push({ start: middle, end });
      end = middle;
    } else {
      path.push({ start, end: middle });
      start = middle;
    }
  }
  return path.reverse();
}

/**
 * Audit path of the leaf at `position` in the tree of the first `size` leaves, leaf side first (RFC 6962, 2.1.1).
 * Reads O(log size) nodes in one call.
 *
 * @throws LedgerError `size-out-of-range`, `position-out-of-range`, `node-missing`, `hash-length-wrong`
 */
export async function proveInclusion({
  position,
  size,
  ...reader
}: TreeReader & { readonly position: number; readonly size: number }): Promise<readonly Uint8Array[]> {
  if (!Number.isSafeInteger(size) || size < 1) throw new LedgerError('size-out-of-range');
  if (!Number.isSafeInteger(position) || position < 0 || position >= size)
    throw new LedgerError('position-out-of-range');
  return readRangeHashes(findInclusionPath(position, size), reader);
}
