import type { Kafka, Message, TopicMessages } from 'kafkajs';

import type { OutgoingRecord } from '../exchange.ts';
import { ExchangeError } from '../exchange-error.ts';
import { splitByBytes } from './split-by-bytes.ts';
import { toExchangeError } from './to-exchange-error.ts';

export interface Sender {
  send(batches: ReadonlyMap<string, readonly OutgoingRecord[]>): Promise<void>;
  close(): Promise<void>;
}

/** The same as the embedded exchange takes (SQL.md). */
const maxValueBytes = 1024 * 1024;
const maxKeyBytes = 1024;
const acknowledgeTimeoutMs = 8_000;

/**
 * Writes records so that they are on every replica that is in sync (`acks=-1`). A record whose acknowledgement got lost
 * may be there twice: readers go by what is inside.
 */
export function createSender(kafka: Kafka): Sender {
  const producer = kafka.producer({
    allowAutoTopicCreation: false,
    // A topic has one partition: its order is the order of sending.
    createPartitioner: () => () => 0,
    metadataMaxAge: 60_000,
  });
  let connecting: Promise<void> | null = null;
  const connect = async () => {
    connecting ??= producer.connect();
    try {
      await connecting;
    } catch (error) {
      connecting = null;
      throw error;
    }
  };

  const sendRound = async (topicMessages: TopicMessages[]) => {
    const answers = await producer.sendBatch({ acks: -1, timeout: acknowledgeTimeoutMs, topicMessages });
    const written = new Set(
      answers.filter(({ errorCode }) => errorCode === 0).map(({ topicName }) => topicName),
    );
    // When a leader moves to a broker that has answered already, kafkajs forgets what was for the old one and says done.
    if (topicMessages.some(({ topic }) => !written.has(topic)))
      throw new ExchangeError('exchange-unavailable');
  };

  return {
    async send(batches) {
      const parts = new Map<string, OutgoingRecord[][]>();
      for (const [topic, records] of batches) {
        if (records.some(isTooLarge)) throw new ExchangeError('record-refused');
        parts.set(topic, splitByBytes(records));
      }
      const rounds = Math.max(0, ...[...parts.values()].map((of) => of.length));
      try {
        await connect();
        for (let round = 0; round < rounds; round += 1) {
          const messages = [...parts].flatMap(([topic, of]) => {
            const records = of[round];
            return records === undefined ? [] : [{ topic, messages: records.map(toMessage) }];
          });
          await sendRound(messages);
        }
      } catch (error) {
        throw toExchangeError(error);
      }
    },
    async close() {
      if (connecting !== null) await producer.disconnect();
    },
  };
}

function isTooLarge({ key, value }: OutgoingRecord): boolean {
  return value.length > maxValueBytes || Buffer.byteLength(key) > maxKeyBytes;
}

function toMessage({ key, value, headers }: OutgoingRecord): Message {
  return {
    key,
    value: Buffer.from(value.buffer, value.byteOffset, value.byteLength),
    headers: { ...headers },
    partition: 0,
  };
}
