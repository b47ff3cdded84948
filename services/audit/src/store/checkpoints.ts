import type { Queryable } from '@liaison/postgres';

/** A checkpoint that was signed. */
export interface StoredCheckpoint {
  readonly size: number;
  readonly root: Uint8Array;
  /** The signed note. */
  readonly note: string;
  /** RFC 3339, UTC. */
  readonly signedAt: string;
}

const columns = 'size, root, note, signed_at as "signedAt"';

/** The checkpoint of the largest size; null before the first. */
export async function readLatestCheckpoint(database: Queryable): Promise<StoredCheckpoint | null> {
  const { rows } = await database.query<StoredCheckpoint>({
    name: 'audit-latest-checkpoint',
    text: `select ${columns} from ledger.checkpoint order by size desc limit 1`,
  });
  return rows[0] ?? null;
}

/** The checkpoint of this very size; null where none was signed. */
export async function readCheckpoint(database: Queryable, size: number): Promise<StoredCheckpoint | null> {
  const { rows } = await database.query<StoredCheckpoint>({
    name: 'audit-checkpoint-of-size',
    text: `select ${columns} from ledger.checkpoint where size = $1`,
    values: [size],
  });
  return rows[0] ?? null;
}

/** Adds a checkpoint after the one that was read: a second one after the same is refused by the table. */
export async function insertCheckpoint(
  tx: Queryable,
  checkpoint: StoredCheckpoint & { readonly previousSize: number | null },
): Promise<void> {
  const { size, previousSize, root, note, signedAt } = checkpoint;
  await tx.query({
    name: 'audit-insert-checkpoint',
    text: `insert into ledger.checkpoint (size, previous_size, root, note, signed_at) values ($1, $2, $3, $4, $5)`,
    values: [size, previousSize, root, note, signedAt],
  });
}
