import type { EachBatchPayload } from 'kafkajs';

import type { ReceiveOptions } from '../exchange.ts';
import { createTopicReader } from '../topic-reader.ts';
import type { TopicReader } from '../topic-reader.ts';
import { createBatchAtHand } from './batch-at-hand.ts';
import type { BatchAtHand } from './batch-at-hand.ts';
import { heartbeatMs } from './start-consumer.ts';

/** What became of a batch that was fetched: `paused` after a failure, and what is left of it will be fetched again. */
type Taken = { readonly kind: 'taken' } | { readonly kind: 'paused'; readonly untilMs: number };

/** The topics of a subscription, each with its reader; they outlive the consumers that fetch for them. */
export interface TopicParts {
  add(topic: string): void;
  has(topic: string): boolean;
  topics(): readonly string[];
  take(payload: EachBatchPayload, closing: AbortSignal): Promise<Taken>;
  /** Other members may have read on since we had the topics. */
  forgetPlaces(): void;
  /** Waits for the topic's running batch, and takes none before `move` has resolved. */
  seek(topic: string, to: { readonly offset: number; readonly move: () => Promise<void> }): Promise<void>;
}

interface Part {
  readonly batch: BatchAtHand;
  readonly reader: TopicReader;
  isSeeking: boolean;
  running: Promise<void> | null;
}

const taken: Taken = { kind: 'taken' };

export function createTopicParts(options: {
  readonly receive: ReceiveOptions;
  readonly now: () => number;
  readonly random: () => number;
}): TopicParts {
  const { receive, now, random } = options;
  const parts = new Map<string, Part>();

  const takeTurns = async (part: Part, payload: EachBatchPayload, closing: AbortSignal): Promise<Taken> => {
    const isWanted = () => !closing.aborted && !part.isSeeking && payload.isRunning() && !payload.isStale();
    if (!isWanted()) return taken;
    part.batch.put(payload, receive.log);
    // Of several topics each has one turn: a flooded one costs the others a batch. What is left is fetched again.
    const mayGoOn = parts.size === 1;
    for (;;) {
      const outcome = await part.reader.takeTurn();
      if (outcome === 'paused') return { kind: 'paused', untilMs: part.reader.pausedUntil() };
      if (outcome === 'idle' || !mayGoOn || !isWanted()) return taken;
    }
  };

  return {
    add(topic) {
      const batch = createBatchAtHand(topic);
      const reader = createTopicReader({ topic, source: batch, receive, now, random });
      parts.set(topic, { batch, reader, isSeeking: false, running: null });
    },
    has: (topic) => parts.has(topic),
    topics: () => [...parts.keys()],
    async take(payload, closing) {
      const part = parts.get(payload.batch.topic);
      if (part === undefined) return taken;
      const done = Promise.withResolvers<void>();
      part.running = done.promise;
      const stopBeating = keepBeating(payload);
      try {
        return await takeTurns(part, payload, closing);
      } finally {
        stopBeating();
        part.batch.drop();
        part.running = null;
        done.resolve();
      }
    },
    forgetPlaces() {
      for (const { batch } of parts.values()) batch.forgetPlace();
    },
    async seek(topic, { offset, move }) {
      const part = parts.get(topic);
      if (part === undefined) return;
      part.isSeeking = true;
      try {
        await part.running;
        await move();
        await part.reader.seek(offset);
        part.batch.forgetPlace();
      } finally {
        part.isSeeking = false;
      }
    },
  };
}

/** A member that is silent during a long batch would be expelled, and its records given to another (kafkajs #1527, #1720). */
function keepBeating(payload: EachBatchPayload): () => void {
  const timer = setInterval(() => {
    // That the group is changing is found out after the batch as well.
    payload.heartbeat().catch(() => undefined);
  }, heartbeatMs);
  return () => {
    clearInterval(timer);
  };
}
