import { createWaker, runWorker, type Database } from '@liaison/postgres';
import type { Log } from '@liaison/service';
import { foldVolumes } from '../store/volumes.ts';

/** Keeps adding what has changed to the figures, so that reading them stays cheap. */
export interface RunningFolding {
  /** Finishes the piece of work under way. */
  close(): Promise<void>;
}

const batchLimit = 5_000;

/** Folds for as long as it runs. */
export function runFolding({
  database,
  log,
}: {
  readonly database: Database;
  readonly log: Log;
}): RunningFolding {
  const stopping = new AbortController();
  const work = async (): Promise<'more' | 'idle'> =>
    (await foldVolumes(database, batchLimit)) === batchLimit ? 'more' : 'idle';
  const working = runWorker({
    name: 'fold-volumes',
    work,
    waker: createWaker(),
    signal: stopping.signal,
    log,
  });
  return {
    async close() {
      stopping.abort();
      await working;
    },
  };
}
