import {
  LedgerError,
  proveConsistency,
  verifyConsistency,
  type Checkpoint,
  type ReadNodes,
} from '@liaison/ledger';
import { sha256 } from '../log-key/sha256.ts';
import { ledgerInconsistent } from './ledger-inconsistent.ts';

type Seen = Pick<Checkpoint, 'size' | 'root'>;

/** What this process has seen of the log. A database that was set back agrees with itself: only a memory outside it notices. */
export interface CheckpointMemory {
  /**
   * Checks that the log has only grown since it was last seen.
   * @throws CodedError `ledger-inconsistent`
   */
  check(latest: Seen | null, readNodes: ReadNodes): Promise<void>;
  /** Remembers what was committed. */
  keep(latest: Seen): void;
}

async function isContinuation(
  seen: Seen,
  { latest, readNodes }: { readonly latest: Seen; readonly readNodes: ReadNodes },
): Promise<boolean> {
  const claim = { from: seen.size, to: latest.size };
  const roots = { oldRoot: seen.root, newRoot: latest.root };
  try {
    const hashes = await proveConsistency({ ...claim, readNodes, sha256 });
    return await verifyConsistency({ ...claim, ...roots, hashes, digest: sha256 });
  } catch (error) {
    if (error instanceof LedgerError) return false;
    throw error;
  }
}

/** An empty memory. */
export function createCheckpointMemory(): CheckpointMemory {
  let seen: Seen | null = null;
  return {
    async check(latest, readNodes) {
      if (seen === null) return;
      if (latest === null || latest.size < seen.size) throw ledgerInconsistent('log-rolled-back');
      if (!(await isContinuation(seen, { latest, readNodes }))) throw ledgerInconsistent('log-forked');
    },
    keep({ size, root }) {
      seen = { size, root };
    },
  };
}
