import type { Sleep } from '@liaison/postgres';
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';

import { createStickyAssigner } from './sticky-assigner.ts';

/** Why a consumer is no more: it was told to stop, it failed, or nothing was heard of it any longer. */
export type ConsumerEnd =
  | { readonly reason: 'stopped' }
  | { readonly reason: 'silent' }
  | { readonly reason: 'crashed'; readonly error: unknown };

/** One consumer of kafkajs from its start to its end; another one takes its place then. */
export interface RunningConsumer {
  readonly ended: Promise<ConsumerEnd>;
  /** Resolves when the group has given it its topics for the first time. */
  readonly joined: Promise<void>;
  assigned(): readonly string[];
  pause(topic: string): void;
  resume(topic: string): void;
  /** Goes on from this offset, for good. */
  seek(topic: string, offset: number): Promise<void>;
  /** Resolves when the running batches have ended and the group knows that it has left. */
  stop(): Promise<void>;
}

export interface ConsumerOptions {
  readonly kafka: Kafka;
  readonly group: string;
  readonly topics: readonly string[];
  /** What the consumer before this one read: with that it comes back to the group. */
  readonly owned: readonly string[];
  readonly concurrency: number;
  readonly eachBatch: (payload: EachBatchPayload) => Promise<void>;
  readonly onFetched: () => void;
  readonly onJoined: () => void;
  readonly now: () => number;
  readonly sleep: Sleep;
}

/** A member that says nothing for so long is replaced: its topics are free within ten seconds of a kill. */
const sessionTimeoutMs = 6_000;
export const heartbeatMs = 1_000;
/**
 * A broker answers one request of a connection after the other, so what goes to the coordinator (heartbeats, commits) may wait
 * as long as a fetch does.
 */
const fetchWaitMs = 500;
/** Who joins waits until everybody else has ended the batch at hand. */
const rebalanceTimeoutMs = 120_000;
/** What a topic may bring in one round: the others wait no longer than for that. */
const maxBytesPerTopic = 256 * 1024;
/** A consumer that has neither fetched nor beaten for so long has stopped without saying so (kafkajs #659, #1593). */
const silenceMs = 30_000;
const leaveTimeoutMs = 5_000;

export function startConsumer(options: ConsumerOptions): RunningConsumer {
  const { kafka, group, topics, now, sleep } = options;
  let assigned: readonly string[] = options.owned;
  const consumer = kafka.consumer({
    groupId: group,
    partitionAssigners: [createStickyAssigner(() => assigned)],
    allowAutoTopicCreation: false,
    sessionTimeout: sessionTimeoutMs,
    heartbeatInterval: heartbeatMs,
    rebalanceTimeout: rebalanceTimeoutMs,
    maxWaitTimeInMs: fetchWaitMs,
    maxBytesPerPartition: maxBytesPerTopic,
    // For every topic its share, or the first ones would starve the last ones.
    maxBytes: maxBytesPerTopic * topics.length,
    metadataMaxAge: 60_000,
    // Another consumer takes its place: one way back from all kinds of ends.
    retry: { restartOnFailure: async () => false },
  });
  const end = Promise.withResolvers<ConsumerEnd>();
  const joined = Promise.withResolvers<void>();
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  const watch = followSigns(consumer, now);

  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
    assigned = Object.keys(payload.memberAssignment);
    options.onJoined();
    joined.resolve();
  });
  consumer.on(consumer.events.FETCH, options.onFetched);
  consumer.on(consumer.events.CRASH, ({ payload: { error } }) => {
    end.resolve({ reason: 'crashed', error });
  });

  const eachBatch = async (payload: EachBatchPayload) => {
    // One that was given up may wake up again.
    if (stopping.signal.aborted) return;
    const batch = options.eachBatch(payload);
    running.add(batch);
    try {
      await batch;
    } finally {
      running.delete(batch);
    }
  };
  const start = async () => {
    await consumer.connect();
    await consumer.subscribe({ topics: [...topics], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: options.concurrency,
      eachBatch,
    });
  };
  const dispose = async () => {
    stopping.abort();
    const left = consumer.disconnect().catch(() => undefined);
    await Promise.allSettled(running);
    await Promise.race([left, sleep(leaveTimeoutMs)]);
    joined.resolve();
  };
  const endWhenSilent = async () => {
    const isBusy = () => running.size > 0;
    const isSilent = await watch.untilSilent({ isBusy, signal: stopping.signal, sleep });
    if (isSilent) end.resolve({ reason: 'silent' });
  };
  const live = async (): Promise<ConsumerEnd> => {
    start().catch((error: unknown) => {
      end.resolve({ reason: 'crashed', error });
    });
    void endWhenSilent();
    const reason = await end.promise;
    await dispose();
    return reason;
  };
  const ended = live();
  return {
    ended,
    joined: joined.promise,
    assigned: () => assigned,
    pause(topic) {
      consumer.pause([{ topic }]);
    },
    resume(topic) {
      if (!stopping.signal.aborted) consumer.resume([{ topic }]);
    },
    async seek(topic, offset) {
      consumer.seek({ topic, partition: 0, offset: String(offset) });
      await consumer.commitOffsets([{ topic, partition: 0, offset: String(offset) }]);
    },
    async stop() {
      end.resolve({ reason: 'stopped' });
      await ended;
    },
  };
}

/** Notes every sign of life; while joining a group there are none until everybody has come. */
function followSigns(consumer: Consumer, now: () => number) {
  let seenAtMs = now();
  let isJoining = true;
  const see = () => {
    seenAtMs = now();
  };
  const { CONNECT, END_BATCH_PROCESS, FETCH, GROUP_JOIN, HEARTBEAT, REBALANCING } = consumer.events;
  consumer.on(CONNECT, see);
  consumer.on(END_BATCH_PROCESS, see);
  consumer.on(FETCH, see);
  consumer.on(HEARTBEAT, see);
  consumer.on(GROUP_JOIN, () => {
    isJoining = false;
    see();
  });
  consumer.on(REBALANCING, () => {
    isJoining = true;
    see();
  });
  return {
    async untilSilent(options: {
      isBusy: () => boolean;
      signal: AbortSignal;
      sleep: Sleep;
    }): Promise<boolean> {
      const { isBusy, signal, sleep } = options;
      for (;;) {
        await sleep(heartbeatMs, signal);
        if (signal.aborted) return false;
        if (isBusy()) see();
        if (now() - seenAtMs > silenceMs + (isJoining ? rebalanceTimeoutMs : 0)) return true;
      }
    },
  };
}
