import { createWaker, retryDelayMs, retryRuleFor } from '@liaison/postgres';
import type { Sleep } from '@liaison/postgres';
import type { EachBatchPayload } from 'kafkajs';

import type { ReceiveOptions, Subscription } from '../exchange.ts';
import { ExchangeError } from '../exchange-error.ts';
import { checkAccess, readTopicBounds } from './check-access.ts';
import { createKafka } from './create-kafka.ts';
import type { KafkaOptions } from './create-kafka.ts';
import { createTopicParts } from './topic-parts.ts';
import { startConsumer } from './start-consumer.ts';
import type { ConsumerEnd, RunningConsumer } from './start-consumer.ts';
import { kafkaErrorTypeOf, toExchangeError } from './to-exchange-error.ts';

export interface KafkaSubscriptionOptions {
  readonly client: KafkaOptions;
  readonly receive: ReceiveOptions;
  readonly now: () => number;
  readonly random: () => number;
  readonly sleep: Sleep;
}

/** A topic that may be described but not read shows at the first fetch, which comes as soon as the group lets us. */
const firstFetchMs = 3_000;
const joinMs = 5_000;
const pauseRule = retryRuleFor('08006');

/**
 * Reads topics as a member of a group, with one consumer after the other: one that fails, falls silent or lacks a topic is
 * replaced, and goes on where the group last committed.
 * @throws ExchangeError
 */
export async function subscribeToKafka(options: KafkaSubscriptionOptions): Promise<Subscription> {
  const { client, receive, now, random, sleep } = options;
  const { group, log } = receive;
  const kafka = createKafka(client);
  const parts = createTopicParts({ receive, now, random });
  const closing = new AbortController();
  const waker = createWaker();
  const firstSign = Promise.withResolvers<void>();
  let current: RunningConsumer | null = null;
  let owned: readonly string[] = [];
  let failures = 0;

  const pauseTopic = async (topic: string, untilMs: number) => {
    const consumer = current;
    consumer?.pause(topic);
    await sleep(untilMs - now(), closing.signal);
    consumer?.resume(topic);
  };
  const eachBatch = async (payload: EachBatchPayload) => {
    const outcome = await parts.take(payload, closing.signal);
    if (outcome.kind === 'paused') void pauseTopic(payload.batch.topic, outcome.untilMs);
  };
  const startNext = () =>
    startConsumer({
      kafka,
      group,
      topics: parts.topics(),
      owned,
      concurrency: receive.concurrency ?? 1,
      eachBatch,
      onFetched() {
        failures = 0;
        firstSign.resolve();
      },
      onJoined: () => {
        parts.forgetPlaces();
      },
      now,
      sleep,
    });
  const judge = async (end: ConsumerEnd) => {
    if (end.reason === 'stopped') return;
    failures += 1;
    const error = end.reason === 'crashed' ? end.error : null;
    const type = kafkaErrorTypeOf(error);
    log.warn('exchange-consumer-replaced', { group, reason: end.reason, type, failures });
    const { code } = toExchangeError(error);
    if (code === 'topic-forbidden') firstSign.reject(toExchangeError(error));
    await sleep(retryDelayMs(pauseRule, { attempt: failures, random }), closing.signal);
  };
  const consume = async () => {
    while (!closing.signal.aborted) {
      if (parts.topics().length === 0) {
        await waker.wait(sleep(60_000, closing.signal));
        continue;
      }
      current = startNext();
      const end = await current.ended;
      owned = current.assigned();
      current = null;
      await judge(end);
    }
  };

  const addTopics = async (topics: readonly string[]) => {
    const fresh = topics.filter((topic) => !parts.has(topic));
    if (fresh.length === 0) return;
    await checkAccess(client, { group, topics: fresh, sleep });
    for (const topic of fresh) parts.add(topic);
    waker.wake();
    // The next one reads the new topics as well.
    void current?.stop();
  };
  const close = async () => {
    closing.abort();
    waker.wake();
    await current?.stop();
    await consuming;
  };

  // Nobody may be waiting for it any more.
  firstSign.promise.catch(() => undefined);
  await addTopics(receive.topics);
  const consuming = consume();
  if (receive.topics.length > 0) {
    try {
      await Promise.race([firstSign.promise, sleep(firstFetchMs, closing.signal)]);
    } catch (error) {
      await close();
      throw error;
    }
  }
  return {
    addTopics,
    async seek(topic, offset) {
      if (closing.signal.aborted) throw new ExchangeError('exchange-closed');
      if (!parts.has(topic)) throw new ExchangeError('topic-forbidden');
      await Promise.race([current?.joined, sleep(joinMs, closing.signal)]);
      const consumer = current;
      if (consumer?.assigned().includes(topic) !== true) throw new ExchangeError('topic-owned');
      const { low, high } = await readTopicBounds(client, topic);
      if (offset < low || offset > high) throw new ExchangeError('offset-invalid');
      try {
        await parts.seek(topic, { offset, move: () => consumer.seek(topic, offset) });
      } catch (error) {
        throw toExchangeError(error);
      }
    },
    close,
  };
}
