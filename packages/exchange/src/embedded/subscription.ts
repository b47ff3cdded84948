import { randomUUID } from 'node:crypto';

import { createWaker, describeDatabaseError, retryRuleOf, runWorker } from '@liaison/postgres';
import type { Sleep } from '@liaison/postgres';

import type { ReceiveOptions, Subscription } from '../exchange.ts';
import { ExchangeError } from '../exchange-error.ts';
import { createTopicReader } from '../topic-reader.ts';
import type { BatchLimits, TopicReader } from '../topic-reader.ts';
import type { ChannelListener } from './channel-listener.ts';
import { createOwnership } from './ownership.ts';
import type { Statements } from './statements.ts';

export interface SubscriptionOptions {
  readonly statements: Statements;
  readonly listener: ChannelListener;
  readonly receive: ReceiveOptions;
  readonly now: () => number;
  readonly random: () => number;
  readonly sleep: Sleep;
}

interface Seek {
  readonly topic: string;
  readonly offset: number;
  readonly done: PromiseWithResolvers<void>;
}

/** @throws ExchangeError */
export async function subscribe(options: SubscriptionOptions): Promise<Subscription> {
  const { statements, listener, receive, now, random, sleep } = options;
  const { group, log } = receive;
  const member = { group, member: randomUUID() };
  const waker = createWaker();
  const wake = () => {
    waker.wake();
  };
  const readers = new Map<string, TopicReader>();
  const channels = new Set<string>();
  const seeks: Seek[] = [];
  const closing = new AbortController();
  const releasing = new AbortController();
  const ownership = createOwnership({
    statements,
    member,
    topics: () => [...readers.keys()],
    onGained: wake,
    log,
    now,
    sleep,
  });

  const addTopics = async (topics: readonly string[]) => {
    const known = new Map((await statements.topics()).map((topic) => [topic.name, topic]));
    for (const name of topics) {
      const topic = known.get(name);
      if (topic?.mayRead !== true || topic.group !== group) throw new ExchangeError('topic-forbidden');
      if (readers.has(name)) continue;
      await listener.subscribe(topic.channel, wake);
      channels.add(topic.channel);
      const source = {
        read: async (limits: BatchLimits) => statements.read(name, { group, ...limits }),
        commit: async (offset: number) => {
          const end = await statements.commit(name, { ...member, offset });
          return { hasMore: offset < end };
        },
      };
      readers.set(name, createTopicReader({ topic: name, source, receive, now, random }));
    }
    await ownership.claim();
    waker.wake();
  };

  const takeTurn = async (topic: string): Promise<'more' | 'idle'> => {
    const reader = readers.get(topic);
    if (reader === undefined || closing.signal.aborted || !ownership.owns(topic)) return 'idle';
    const pauseMs = reader.pausedUntil() - now();
    if (pauseMs > 0) return 'idle';
    try {
      const outcome = await reader.takeTurn();
      if (outcome !== 'paused') return outcome;
    } catch (error) {
      if (retryRuleOf(error).kind === 'retry') throw error;
      if (error instanceof ExchangeError && error.code === 'topic-owned') {
        // Its records come to the member who holds it now.
        log.warn('exchange-topic-lost', { topic, group });
        ownership.lose(topic);
        return 'idle';
      }
      // What ails this topic must not stop the others.
      log.error('exchange-topic-failed', { topic, group, ...describeDatabaseError(error) });
      reader.pause();
    }
    // A timer may fire a moment early, and the pause would then last until the next poll.
    void wakeAfter(reader.pausedUntil() - now() + 2);
    return 'idle';
  };
  const wakeAfter = async (delayMs: number) => {
    await sleep(delayMs, closing.signal);
    wake();
  };

  /** One turn for each topic in which something waits: a flooded topic costs the others one batch at most. */
  const work = async () => {
    await seekAll(seeks, readers);
    const topics = [...readers.keys()];
    // Of a single topic the next batch tells as much.
    const pending = topics.length === 1 ? topics : await statements.pending(topics);
    const waiting = [...pending];
    let hasMore = false;
    const takeTurns = async () => {
      for (let topic = waiting.shift(); topic !== undefined; topic = waiting.shift()) {
        hasMore = (await takeTurn(topic)) === 'more' || hasMore;
      }
    };
    await Promise.all(Array.from({ length: receive.concurrency ?? 1 }, takeTurns));
    return hasMore ? 'more' : 'idle';
  };

  await addTopics(receive.topics);
  const renewal = ownership.keep(releasing.signal);
  const working = runWorker({
    name: `exchange ${group}`,
    work,
    waker,
    signal: closing.signal,
    log,
    sleep,
    random,
  });
  return {
    addTopics,
    async seek(topic, offset) {
      if (closing.signal.aborted) throw new ExchangeError('exchange-closed');
      const seek = { topic, offset, done: Promise.withResolvers<void>() };
      seeks.push(seek);
      waker.wake();
      await seek.done.promise;
    },
    async close() {
      closing.abort();
      await working;
      for (const { done } of seeks) done.reject(new ExchangeError('exchange-closed'));
      releasing.abort();
      await renewal;
      for (const channel of channels) await listener.unsubscribe(channel, wake);
    },
  };
}

async function seekAll(seeks: Seek[], readers: ReadonlyMap<string, TopicReader>): Promise<void> {
  for (let seek = seeks.shift(); seek !== undefined; seek = seeks.shift()) {
    const reader = readers.get(seek.topic);
    if (reader === undefined) {
      seek.done.reject(new ExchangeError('topic-forbidden'));
      continue;
    }
    try {
      await reader.seek(seek.offset);
      seek.done.resolve();
    } catch (error) {
      seek.done.reject(
        error instanceof ExchangeError && error.code === 'record-refused'
          ? new ExchangeError('offset-invalid', { cause: error })
          : error,
      );
    }
  }
}
