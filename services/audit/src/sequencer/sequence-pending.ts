import { appendLeaves, decodeLeaf, hashEmptyTree, hashLeaf } from '@liaison/ledger';
import type { Database, Queryable } from '@liaison/postgres';
import type { Clock, Log, ReachPoint } from '@liaison/service';
import type { LogIdentity } from '../log-key/log-identity.ts';
import { sha256 } from '../log-key/sha256.ts';
import { insertCheckpoint, type StoredCheckpoint } from '../store/checkpoints.ts';
import { insertLeaves } from '../store/leaves.ts';
import { createReadNodes, insertNodes } from '../store/nodes.ts';
import { takePending, type PendingEvent } from '../store/pending.ts';
import { lockSequencing } from '../store/sequencing-lock.ts';
import type { CheckpointMemory } from './checkpoint-memory.ts';
import { readVerifiedTree, type VerifiedTree } from './read-verified-tree.ts';
import { signCheckpoint } from './sign-checkpoint.ts';

/** What sequencing needs. */
export interface SequencerDeps {
  readonly database: Database;
  readonly identity: LogIdentity;
  readonly memory: CheckpointMemory;
  readonly clock: Clock;
  readonly log: Log;
  readonly reach: ReachPoint;
}

/** What one piece of work came to. */
export interface Sequenced {
  /** Events that got their position. */
  readonly count: number;
  readonly checkpoint: StoredCheckpoint;
}

/** Most events of one transaction, which bounds the memory it takes. */
export const batchLimit = 1_000;

/** The hub wrote these bytes in the transaction of the change: they are sequenced as they are, and the fault is told. */
function reportUnreadable(events: readonly PendingEvent[], { identity, log }: SequencerDeps): void {
  for (const { eventId, leaf } of events) {
    const decoded = decodeLeaf(leaf);
    if (!decoded.ok) log.error('leaf-unreadable', { eventId, code: decoded.code });
    else if (decoded.event.origin !== identity.origin)
      log.error('leaf-unreadable', { eventId, code: 'origin-wrong' });
  }
}

async function signFirst(tx: Queryable, deps: SequencerDeps): Promise<StoredCheckpoint> {
  const checkpoint = await signCheckpoint({ size: 0, root: hashEmptyTree(sha256) }, deps);
  await insertCheckpoint(tx, { ...checkpoint, previousSize: null });
  return checkpoint;
}

async function append(
  tx: Queryable,
  { tree, events }: { readonly tree: VerifiedTree; readonly events: readonly PendingEvent[] },
  deps: SequencerDeps,
): Promise<StoredCheckpoint> {
  const { size, frontier } = tree;
  const placed = events.map((event, index) => ({
    ...event,
    position: size + index,
    leafHash: hashLeaf(event.leaf, sha256),
  }));
  const leafHashes = placed.map(({ leafHash }) => leafHash);
  const appended = appendLeaves({ size, frontier, leafHashes, sha256 });
  await insertLeaves(tx, placed);
  await insertNodes(tx, appended.nodes);
  const checkpoint = await signCheckpoint(appended, deps);
  await insertCheckpoint(tx, { ...checkpoint, previousSize: size });
  return checkpoint;
}

/**
 * Gives waiting events, up to `batchLimit`, their positions and signs the tree that they make, all in one transaction;
 * signs the empty tree where nothing was signed before. A log that is not what was signed last is never signed over.
 * @throws CodedError `ledger-inconsistent`; DatabaseError.
 */
export async function sequencePending(deps: SequencerDeps): Promise<Sequenced> {
  const { database, identity, memory, reach } = deps;
  const { changed, ...sequenced } = await database.transaction(async (tx) => {
    await lockSequencing(tx);
    const events = await takePending(tx, batchLimit);
    const tree = await readVerifiedTree(tx, identity.origin);
    await memory.check(tree.checkpoint, createReadNodes(tx));
    reportUnreadable(events, deps);
    let checkpoint = tree.checkpoint ?? (await signFirst(tx, deps));
    if (events.length > 0) checkpoint = await append(tx, { tree, events }, deps);
    const changed = checkpoint !== tree.checkpoint;
    if (changed) await reach('sequence:before-commit');
    return { changed, count: events.length, checkpoint };
  });
  memory.keep(sequenced.checkpoint);
  if (changed) await reach('sequence:committed');
  return sequenced;
}
