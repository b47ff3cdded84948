import { formatCheckpoint, frontierOf, rootOfFrontier, type TreeState } from '@liaison/ledger';
import type { Queryable } from '@liaison/postgres';
import { sha256 } from '../log-key/sha256.ts';
import { readLatestCheckpoint, type StoredCheckpoint } from '../store/checkpoints.ts';
import { readLogLength } from '../store/leaves.ts';
import { createReadNodes } from '../store/nodes.ts';
import { ledgerInconsistent } from './ledger-inconsistent.ts';

/** The stored tree, found to be the one of its latest checkpoint. */
export interface VerifiedTree extends TreeState {
  /** Null before the first. */
  readonly checkpoint: StoredCheckpoint | null;
}

/**
 * Reads what the next leaf is appended to, and refuses whatever is not exactly what was signed last: one leaf more or
 * less, another root, another note. One snapshot has to see it all: the sequencer's lock, or a repeatable read.
 * @throws CodedError `ledger-inconsistent`
 */
export async function readVerifiedTree(tx: Queryable, origin: string): Promise<VerifiedTree> {
  const checkpoint = await readLatestCheckpoint(tx);
  const length = await readLogLength(tx);
  if (checkpoint === null) {
    if (length > 0) throw ledgerInconsistent('checkpoint-missing');
    return { checkpoint, size: 0, frontier: [] };
  }
  const { size, root, note } = checkpoint;
  if (length !== size) throw ledgerInconsistent('leaf-count-wrong');
  if (!note.startsWith(`${formatCheckpoint({ origin, size, root })}\n`))
    throw ledgerInconsistent('note-mismatch');
  const coordinates = frontierOf(size);
  const frontier = await createReadNodes(tx)(coordinates);
  if (frontier.length !== coordinates.length) throw ledgerInconsistent('node-missing');
  if (Buffer.compare(rootOfFrontier(frontier, sha256), root) !== 0) throw ledgerInconsistent('root-mismatch');
  return { checkpoint, size, frontier };
}
