import type { Log } from '@liaison/postgres';
import type { EachBatchPayload, KafkaMessage } from 'kafkajs';

import type { IncomingRecord } from '../exchange.ts';
import type { BatchLimits, TopicSource } from '../topic-reader.ts';
import { toIncomingRecord } from './to-incoming-record.ts';

/** What kafkajs has fetched of a topic, as a source from which a reader takes what it may. */
export interface BatchAtHand extends TopicSource {
  /** Goes on with what was fetched now; what is left of the batch before will be fetched again. */
  put(payload: EachBatchPayload, log: Log): void;
  /** Forgets the batch: nothing is held between turns. */
  drop(): void;
  /** Others may have read on meanwhile: the next batch may begin anywhere. */
  forgetPlace(): void;
}

export function createBatchAtHand(topic: string): BatchAtHand {
  let payload: EachBatchPayload | null = null;
  let messages: readonly KafkaMessage[] = [];
  let next = 0;
  /** Where the next batch has to begin, if nobody else has read meanwhile. */
  let place: number | null = null;
  return {
    put(fetched, log) {
      const first = Number(fetched.batch.messages[0]?.offset);
      // Kept for too short a time: what fell out was accepted by the exchange and has reached nobody.
      if (place !== null && first > place)
        log.error('exchange-records-missing', { topic, from: place, to: first });
      payload = fetched;
      messages = fetched.batch.messages;
      next = 0;
    },
    drop() {
      payload = null;
      messages = [];
      next = 0;
    },
    forgetPlace() {
      place = null;
    },
    async read({ maxRecords, maxBytes }: BatchLimits) {
      const taken: IncomingRecord[] = [];
      let bytes = 0;
      for (const message of messages.slice(next, next + maxRecords)) {
        bytes += message.value?.length ?? 0;
        if (taken.length > 0 && bytes > maxBytes) break;
        taken.push(toIncomingRecord(topic, message));
      }
      return taken;
    },
    async commit(offset) {
      await payload?.commitOffsetsIfNecessary({
        topics: [{ topic, partitions: [{ partition: 0, offset: String(offset) }] }],
      });
      payload?.resolveOffset(String(offset - 1));
      place = offset;
      while (next < messages.length && Number(messages[next]?.offset) < offset) next += 1;
      return { hasMore: next < messages.length };
    },
  };
}
