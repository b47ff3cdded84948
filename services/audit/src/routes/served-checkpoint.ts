import type { Queryable } from '@liaison/postgres';
import { ProblemError } from '@liaison/service';
import { readCheckpoint, readLatestCheckpoint, type StoredCheckpoint } from '../store/checkpoints.ts';

/** The latest checkpoint. @throws ProblemError `not-ready` before the first. */
export async function latestCheckpoint(database: Queryable): Promise<StoredCheckpoint> {
  const checkpoint = await readLatestCheckpoint(database);
  if (checkpoint === null) throw new ProblemError('not-ready', { retryAfterSeconds: 1 });
  return checkpoint;
}

/**
 * The checkpoint of this very size; the latest where none is asked for.
 * @throws ProblemError `checkpoint-unknown`, `not-ready`.
 */
export async function servedCheckpoint(database: Queryable, size: number | null): Promise<StoredCheckpoint> {
  if (size === null) return latestCheckpoint(database);
  const checkpoint = await readCheckpoint(database, size);
  if (checkpoint === null) throw new ProblemError('checkpoint-unknown');
  return checkpoint;
}
