import { startDatabase, type EmbeddedDatabase } from '@liaison/embedded-database';
import type { Log } from '@liaison/service';
import { conditionOf, type LocalErrorCode } from '../local-error.ts';
import type { DatabaseServer } from '../setup/database-server.ts';

/** The embedded PostgreSQL, kept running. */
export interface SupervisedDatabase extends DatabaseServer {
  pid(): number | null;
  /** What is wrong with the machine, where the server has ended for that. */
  condition(): LocalErrorCode | null;
  stop(): Promise<void>;
}

const restartDelayMs = 200;
const stopGraceMs = 1_200;

const settings = {
  // Figures from submission to the hub's commit are read from the commits themselves.
  track_commit_timestamp: 'on',
};

/**
 * Starts the embedded PostgreSQL and starts it again, on the same port, whenever it ends by itself.
 * @throws EmbeddedDatabaseError.
 */
export async function superviseDatabase(folder: string, log: Log): Promise<SupervisedDatabase> {
  const stopping = new AbortController();
  let running: EmbeddedDatabase | undefined = await startDatabase({ folder, log, settings });
  const { url: adminUrl, port } = running;
  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      setTimeout(resolve, restartDelayMs);
    });

  let condition: LocalErrorCode | null = null;
  const keepRunning = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await running?.exited;
      const failure = running?.failure() ?? null;
      if (failure !== null) condition = conditionOf([failure]);
      running = undefined;
      if (stopping.signal.aborted) return;
      log.warn('database-restarting');
      try {
        running = await startDatabase({ folder, log, settings, port });
      } catch {
        await pause();
      }
    }
  };
  const restarting = keepRunning();
  return {
    adminUrl,
    pid: () => running?.pid ?? null,
    condition: () => condition,
    async stop() {
      stopping.abort();
      await running?.stop({ graceMs: stopGraceMs });
      await restarting;
      await running?.stop({ graceMs: stopGraceMs });
    },
  };
}
