import { hubChannels } from '@liaison/hub-database';
import { createWaker, listen, runWorker, sleep, withRetry } from '@liaison/postgres';
import { codesOf } from '@liaison/service';
import type { LedgerMetrics } from './ledger-metrics.ts';
import { isLedgerInconsistent } from './ledger-inconsistent.ts';
import { createPace, type Pace } from './pace.ts';
import { batchLimit, sequencePending, type SequencerDeps } from './sequence-pending.ts';

/** What the running sequencer needs. */
export interface RunningSequencerDeps extends SequencerDeps {
  readonly databaseUrl: string;
  readonly metrics: LedgerMetrics;
}

/** A sequencer that runs. */
export interface RunningSequencer {
  /** Finishes the piece of work under way. */
  close(): Promise<void>;
}

/** Under load a checkpoint about five times a second. */
const intervalMs = 200;

async function sequenceOnce(deps: RunningSequencerDeps): Promise<number> {
  const { metrics, log } = deps;
  try {
    const { count, checkpoint } = await sequencePending(deps);
    metrics.showCheckpoint(checkpoint);
    metrics.showInconsistent(false);
    if (count > 0) log.debug('events-sequenced', { count, size: checkpoint.size });
    return count;
  } catch (error) {
    if (isLedgerInconsistent(error)) {
      metrics.showInconsistent(true);
      log.error('ledger-inconsistent', { codes: codesOf(error) });
    }
    throw error;
  }
}

async function workOnce(
  deps: RunningSequencerDeps,
  { pace, signal }: { readonly pace: Pace; readonly signal: AbortSignal },
): Promise<'more' | 'idle'> {
  await pace.wait(signal);
  if (signal.aborted) return 'idle';
  const count = await sequenceOnce(deps);
  const isFull = count === batchLimit;
  pace.ended(isFull ? 'full' : count > 0 ? 'some' : 'nothing');
  return isFull ? 'more' : 'idle';
}

/**
 * Sequences for as long as it runs: woken by each event that commits, polling as the net. The first piece of work is
 * done when this resolves, so that a checkpoint can be served; a log that it refuses to sign over is an alarm and no
 * reason to stop serving.
 * @throws DatabaseError
 */
export async function runSequencer(deps: RunningSequencerDeps): Promise<RunningSequencer> {
  const { databaseUrl, clock, log } = deps;
  const stopping = new AbortController();
  const { signal } = stopping;
  const waker = createWaker();
  const wake = (): void => {
    waker.wake();
  };
  await withRetry(() => sequenceOnce(deps), { log }).catch((error: unknown) => {
    if (!isLedgerInconsistent(error)) throw error;
  });
  const listener = await listen({
    url: databaseUrl,
    channels: [hubChannels.ledger],
    onNotification: wake,
    onReconnected: wake,
    log,
    applicationName: 'audit',
  });
  const pace = createPace({ intervalMs, clock, sleep });
  const work = async (): Promise<'more' | 'idle'> => workOnce(deps, { pace, signal });
  const working = runWorker({ name: 'sequence', work, waker, signal, log });
  return {
    async close() {
      stopping.abort();
      await Promise.all([working, listener.close()]);
    },
  };
}
