import { describeDatabaseError, retryRuleOf } from './database-error.ts';
import { openListeningSession } from './listening-session.ts';
import type { ListeningSession } from './listening-session.ts';
import type { Log } from './log.ts';
import { retryDelayMs, retryRuleFor } from './retry-table.ts';
import { sleep as realSleep } from './sleep.ts';
import type { Sleep } from './sleep.ts';

export interface ListenOptions {
  readonly url: string;
  readonly channels: readonly string[];
  readonly onNotification: (channel: string, payload: string) => void;
  /** The connection was gone: notifications may have been lost, so look for work. */
  readonly onReconnected: () => void;
  readonly log: Log;
  readonly applicationName?: string;
  /** How often a silent connection is tried; default 30 s. */
  readonly heartbeatMs?: number;
  readonly sleep?: Sleep;
  readonly random?: () => number;
}

export interface Listener {
  /** Listens to one more channel: from when this resolves, or from the next reconnection if there is none now. */
  add(channel: string): Promise<void>;
  remove(channel: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Listens on one connection, which is made again whenever it breaks. Resolves once it listens.
 * @throws DatabaseError when the first connection fails for a reason that waiting does not cure
 */
export async function listen(options: ListenOptions): Promise<Listener> {
  const { log } = options;
  const channels = new Set(options.channels);
  const closing = new AbortController();
  let session = await connectSession(options, { signal: closing.signal, mayGiveUp: true });

  /** The session must be in place before: a channel added meanwhile then goes to this one or into the loop. */
  const listenToAll = async () => {
    for (const channel of channels) await session?.listen(channel);
  };
  const keepOpen = async () => {
    while (!closing.signal.aborted) {
      await session?.lost;
      if (closing.signal.aborted) return;
      log.warn('database-listener-lost');
      session = await connectSession(options, { signal: closing.signal, mayGiveUp: false });
      await listenToAll();
      options.onReconnected();
    }
  };

  await listenToAll();
  const kept = keepOpen();
  return {
    async add(channel) {
      channels.add(channel);
      await session?.listen(channel);
    },
    async remove(channel) {
      channels.delete(channel);
      await session?.unlisten(channel);
    },
    async close() {
      closing.abort();
      await session?.end();
      await kept;
    },
  };
}

async function connectSession(
  options: ListenOptions,
  { signal, mayGiveUp }: { signal: AbortSignal; mayGiveUp: boolean },
): Promise<ListeningSession | undefined> {
  const {
    log,
    sleep = realSleep,
    random = Math.random,
    applicationName = 'listener',
    heartbeatMs = 30_000,
  } = options;
  for (let attempt = 1; !signal.aborted; attempt += 1) {
    try {
      return await openListeningSession({ ...options, applicationName, heartbeatMs });
    } catch (error) {
      if (mayGiveUp && retryRuleOf(error).kind !== 'retry') throw error;
      log.debug('database-listen-failed', { attempt, ...describeDatabaseError(error) });
      await sleep(retryDelayMs(retryRuleFor('08006'), { attempt, random }), signal);
    }
  }
  return undefined;
}
