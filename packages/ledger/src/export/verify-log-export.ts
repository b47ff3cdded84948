import { equalBytes } from '../bytes/equal-bytes.ts';
import type { Digest } from '../digest.ts';
import type { Checkpoint, ParsedCheckpoint } from '../note/checkpoint.ts';
import { openCheckpoint, type CheckpointFault, type LogTrust } from '../note/open-checkpoint.ts';
import { checkEarlierCheckpoints, openEarlierCheckpoints } from './earlier-checkpoints.ts';
import { readExport, type ReadExport, type ReadFault } from './read-export.ts';
import { rootOf } from './rebuilt-tree.ts';

/** Why an exported log does not hold. */
export type LogExportFault =
  | ReadFault
  | CheckpointFault
  /** The first line, the leaves and the checkpoint do not speak of the same size. */
  | 'size-wrong'
  /** The leaves are not those that the checkpoint was signed for. */
  | 'root-mismatch'
  /** The log is smaller than it once was. */
  | 'log-rolled-back'
  /** The log begins otherwise than it once did. */
  | 'log-forked'
  /** A checkpoint to compare with is not itself believed. */
  | 'earlier-checkpoint-unverified';

/** What became of an exported log. */
export type LogExportResult =
  | { readonly ok: true; readonly checkpoint: ParsedCheckpoint }
  | {
      readonly ok: false;
      readonly code: LogExportFault;
      /** Line of the export, from 1; 0 for a fault outside it. */
      readonly line: number;
    };

/** Which log, whom to believe, and what was seen of it before. */
export interface LogExportOptions extends LogTrust {
  readonly digest: Digest;
  /** Signed checkpoints seen before, in any order: from dispatches, receipts' proofs, other participants. */
  readonly earlierCheckpoints?: readonly string[];
}

async function compareSizesAndRoot(
  { claimedSize, tree }: ReadExport,
  { checkpoint, digest }: { readonly checkpoint: Checkpoint; readonly digest: Digest },
): Promise<LogExportFault | undefined> {
  if (tree.size < checkpoint.size) return 'log-truncated';
  if (tree.size > checkpoint.size || claimedSize !== checkpoint.size) return 'size-wrong';
  return equalBytes(checkpoint.root, await rootOf(tree, digest)) ? undefined : 'root-mismatch';
}

/**
 * Verifies a whole log as `GET /log/export` gives it, one line an item, without the newlines: every leaf canonical, of
 * this log and in its place, and the root of them all that of the checkpoint, signed by a key that we know. With
 * checkpoints seen before, also that the log still begins with what they were signed for. A log is called forked or
 * rolled back only where it agrees with its own checkpoint: then it is the log that lies, and not a broken file.
 */
export async function verifyLogExport(
  lines: AsyncIterable<string>,
  { digest, earlierCheckpoints = [], ...trust }: LogExportOptions,
): Promise<LogExportResult> {
  const earlier = await openEarlierCheckpoints(earlierCheckpoints, trust);
  if (earlier === undefined) return { ok: false, code: 'earlier-checkpoint-unverified', line: 0 };
  const { compare, forked } = checkEarlierCheckpoints(earlier, digest);
  const read = await readExport(lines, { origin: trust.origin, digest, onTree: compare });
  if (!read.ok) return read;

  const line = read.log.lines;
  const opened = await openCheckpoint(read.log.note, trust);
  if (!opened.ok) return { ...opened, line };
  const { checkpoint } = opened;
  const code = await compareSizesAndRoot(read.log, { checkpoint, digest });
  if (code !== undefined) return { ok: false, code, line };
  if (forked()) return { ok: false, code: 'log-forked', line };
  if (earlier.some(({ size }) => size > checkpoint.size)) return { ok: false, code: 'log-rolled-back', line };
  return { ok: true, checkpoint };
}
