import { listen } from '@liaison/postgres';
import type { Listener, Log } from '@liaison/postgres';

/** One listening connection for every subscription of a process. */
export interface ChannelListener {
  /** Calls `wake` whenever a channel announces something, and when announcements may have been lost. */
  subscribe(channel: string, wake: () => void): Promise<void>;
  unsubscribe(channel: string, wake: () => void): Promise<void>;
  close(): Promise<void>;
}

export interface ChannelListenerOptions {
  /** Of any role that may connect to the exchange's database: announcements carry nothing. */
  readonly url: string;
  readonly applicationName: string;
  readonly log: Log;
}

/** Connects at the first subscription. */
export function openChannelListener({ url, applicationName, log }: ChannelListenerOptions): ChannelListener {
  const wakes = new Map<string, Set<() => void>>();
  let listening: Promise<Listener> | undefined;

  const startListening = async () => {
    listening ??= listen({
      url,
      applicationName,
      channels: [],
      onNotification: (channel) => {
        for (const wake of wakes.get(channel) ?? []) wake();
      },
      onReconnected: () => {
        for (const wake of new Set([...wakes.values()].flatMap((set) => [...set]))) wake();
      },
      log,
    });
    try {
      return await listening;
    } catch (error) {
      // The next subscription tries again.
      listening = undefined;
      throw error;
    }
  };

  return {
    async subscribe(channel, wake) {
      const listener = await startListening();
      const set = wakes.get(channel) ?? new Set();
      wakes.set(channel, set.add(wake));
      if (set.size === 1) await listener.add(channel);
    },
    async unsubscribe(channel, wake) {
      const set = wakes.get(channel);
      if (set?.delete(wake) !== true || set.size > 0) return;
      wakes.delete(channel);
      await (await listening)?.remove(channel);
    },
    async close() {
      await (await listening)?.close();
    },
  };
}
