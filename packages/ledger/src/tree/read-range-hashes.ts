import { hashBytes, type Sha256 } from '../digest.ts';
import { LedgerError } from '../ledger-error.ts';
import { coverRange, type LeafRange, type NodeCoordinates } from './node-coordinates.ts';
import { rootOfFrontier } from './root-of-frontier.ts';

/** Reads the hashes of complete subtrees, in the order asked. */
export type ReadNodes = (coordinates: readonly NodeCoordinates[]) => Promise<readonly Uint8Array[]>;

/** Where a proof comes from. */
export interface TreeReader {
  readonly readNodes: ReadNodes;
  readonly sha256: Sha256;
}

/**
 * Hashes of subtrees, complete or not, from the complete ones that were stored, with one read at most.
 *
 * @throws LedgerError `node-missing`, `hash-length-wrong`
 */
export async function readRangeHashes(
  ranges: readonly LeafRange[],
  { readNodes, sha256 }: TreeReader,
): Promise<readonly Uint8Array[]> {
  if (ranges.length === 0) return [];
  const covers = ranges.map(coverRange);
  const coordinates = covers.flat();
  const hashes = await readNodes(coordinates);
  if (hashes.length !== coordinates.length) throw new LedgerError('node-missing');
  if (hashes.some((hash) => hash.length !== hashBytes)) throw new LedgerError('hash-length-wrong');
  let offset = 0;
  return covers.map((cover) => {
    const peaks = hashes.slice(offset, offset + cover.length);
    offset += cover.length;
    return rootOfFrontier(peaks, sha256);
  });
}
