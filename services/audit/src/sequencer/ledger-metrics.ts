import { Gauge, type Registry } from 'prom-client';
import type { Queryable } from '@liaison/postgres';
import type { StoredCheckpoint } from '../store/checkpoints.ts';
import { countPending } from '../store/pending.ts';

/** What operators see of the ledger. */
export interface LedgerMetrics {
  showCheckpoint(checkpoint: StoredCheckpoint): void;
  /** Whether the last piece of work refused to sign over the stored log. */
  showInconsistent(inconsistent: boolean): void;
}

/** Adds the ledger's figures to a registry; waiting events are counted when they are asked for. */
export function createLedgerMetrics(registry: Registry, database: Queryable): LedgerMetrics {
  const registers = [registry];
  const size = new Gauge({ name: 'liaison_ledger_size', help: 'Leaves of the ledger.', registers });
  const signedAt = new Gauge({
    name: 'liaison_ledger_checkpoint_timestamp_seconds',
    help: 'When the latest checkpoint was signed, seconds since 1970.',
    registers,
  });
  const inconsistent = new Gauge({
    name: 'liaison_ledger_inconsistent',
    help: 'Whether the stored ledger contradicts what was signed: 1 is an alarm.',
    registers,
  });
  const pending = new Gauge({
    name: 'liaison_ledger_pending_events',
    help: 'Events that wait for their position; NaN when the database does not answer.',
    registers,
    async collect() {
      // The other figures are wanted most when the database does not answer.
      pending.set(await countPending(database).catch(() => Number.NaN));
    },
  });
  return {
    showCheckpoint(checkpoint) {
      size.set(checkpoint.size);
      signedAt.set(Date.parse(checkpoint.signedAt) / 1_000);
    },
    showInconsistent(value) {
      inconsistent.set(value ? 1 : 0);
    },
  };
}
