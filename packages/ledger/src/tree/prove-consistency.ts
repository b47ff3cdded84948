import { LedgerError } from '../ledger-error.ts';
import { splitOf, type LeafRange } from './node-coordinates.ts';
import { readRangeHashes, type TreeReader } from './read-range-hashes.ts';

/** The subtrees that make up both trees: PROOF(from, D[to]), for 0 < from <= to. */
function findConsistencyPath(from: number, to: number): readonly LeafRange[] {
  const path: LeafRange[] = [];
  let [start, end] = [0, to];
  while (end !== from) {
    const middle = start + splitOf(end - start);
    if (from <= middle) {
      path.push({ start: middle, end });
      end = middle;
    } else {
      path.push({ start, end: middle });
      start = middle;
    }
  }
  // A verifier knows the root of the older tree already, so it is left out when it is itself a subtree.
  if (start !== 0) path.push({ start, end });
  return path.reverse();
}

/**
 * Proof that the tree of the first `from` leaves is the beginning of that of the first `to` (RFC 6962, 2.1.2).
 * Empty when `from` is 0 or `to`. Reads O(log to) nodes in one call.
 *
 * @throws LedgerError `size-out-of-range`, `node-missing`, `hash-length-wrong`
 */
export async function proveConsistency({
  from,
  to,
  ...reader
}: TreeReader & { readonly from: number; readonly to: number }): Promise<readonly Uint8Array[]> {
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from < 0 || from > to)
    throw new LedgerError('size-out-of-range');
  return readRangeHashes(from === 0 ? [] : findConsistencyPath(from, to), reader);
}
