import { equalBytes } from '../bytes/equal-bytes.ts';
import type { Digest } from '../digest.ts';
import type { Checkpoint } from '../note/checkpoint.ts';
import { openCheckpoint, type LogTrust } from '../note/open-checkpoint.ts';
import { rootOf, type RebuiltTree } from './rebuilt-tree.ts';

/** Checkpoints seen before, smallest first; undefined if one of them is not believed and so accuses nobody. */
export async function openEarlierCheckpoints(
  notes: readonly string[],
  trust: LogTrust,
): Promise<readonly Checkpoint[] | undefined> {
  const results = await Promise.all(notes.map(async (note) => openCheckpoint(note, trust)));
  const checkpoints = results.filter((result) => result.ok).map((result) => result.checkpoint);
  if (checkpoints.length < notes.length) return undefined;
  return checkpoints.sort((a, b) => a.size - b.size);
}

/** Compares a growing tree with checkpoints seen before. */
export interface EarlierCheckpointsCheck {
  /** To be called at every size, 0 included, in order. */
  readonly compare: (tree: RebuiltTree) => Promise<void>;
  /** Whether a checkpoint was signed for other leaves than the tree has. */
  readonly forked: () => boolean;
}

/** Starts to compare with checkpoints (smallest first), with a root only at their sizes. */
export function checkEarlierCheckpoints(
  checkpoints: readonly Checkpoint[],
  digest: Digest,
): EarlierCheckpointsCheck {
  let next = 0;
  let forked = false;
  return {
    async compare(tree) {
      for (; checkpoints[next]?.size === tree.size; next += 1) {
        const earlier = checkpoints[next];
        if (earlier !== undefined && !equalBytes(earlier.root, await rootOf(tree, digest))) forked = true;
      }
    },
    forked: () => forked,
  };
}
