import type { Sleep } from '@liaison/postgres';
import type { Admin, LogEntry } from 'kafkajs';

import { ExchangeError } from '../exchange-error.ts';
import { createKafka } from './create-kafka.ts';
import type { KafkaOptions } from './create-kafka.ts';
import { kafkaErrorTypeOf, toExchangeError } from './to-exchange-error.ts';

/** What a coordinator says that has just come up, or become responsible: it knows in a moment. */
const passing: ReadonlySet<string | null> = new Set([
  'GROUP_COORDINATOR_NOT_AVAILABLE',
  'GROUP_LOAD_IN_PROGRESS',
  'NOT_COORDINATOR_FOR_GROUP',
]);
const loadingPauseMs = 250;
const loadingAttempts = 40;

/**
 * Asks the brokers whether the topics are there and the group is ours, which a consumer would only find out in the middle of
 * its work. Whether the topics may be read too shows with the first fetch.
 * @throws ExchangeError `topic-forbidden`, `exchange-unavailable`
 */
export async function checkAccess(
  options: KafkaOptions,
  asked: { readonly group: string; readonly topics: readonly string[]; readonly sleep: Sleep },
): Promise<void> {
  let isRefused = false;
  // kafkajs turns a refused group into "no coordinator found", as if the brokers were away; only its log tells.
  const onLogEntry = ({ log }: LogEntry) => {
    isRefused ||= kafkaErrorTypeOf(log['error']) === 'GROUP_AUTHORIZATION_FAILED';
  };
  const admin = createKafka({ ...options, onLogEntry }).admin();
  try {
    await admin.connect();
    await admin.fetchTopicMetadata({ topics: [...asked.topics] });
    await askForGroup(admin, asked);
  } catch (error) {
    if (isRefused) throw new ExchangeError('topic-forbidden', { cause: error });
    throw toExchangeError(error);
  } finally {
    await admin.disconnect();
  }
}

async function askForGroup(admin: Admin, asked: Parameters<typeof checkAccess>[1]): Promise<void> {
  const { group, topics, sleep } = asked;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await admin.fetchOffsets({ groupId: group, topics: [...topics] });
      return;
    } catch (error) {
      if (attempt === loadingAttempts || !passing.has(kafkaErrorTypeOf(error))) throw error;
      await sleep(loadingPauseMs);
    }
  }
}

/**
 * Where a topic begins and ends.
 * @returns the lowest offset there is, and the one that the next record will get
 * @throws ExchangeError
 */
export async function readTopicBounds(
  options: KafkaOptions,
  topic: string,
): Promise<{ readonly low: number; readonly high: number }> {
  const admin = createKafka(options).admin();
  try {
    await admin.connect();
    const [bounds] = await admin.fetchTopicOffsets(topic);
    return { low: Number(bounds?.low ?? 0), high: Number(bounds?.high ?? 0) };
  } catch (error) {
    throw toExchangeError(error);
  } finally {
    await admin.disconnect();
  }
}
