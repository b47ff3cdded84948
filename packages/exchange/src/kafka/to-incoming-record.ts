import type { IHeaders, KafkaMessage } from 'kafkajs';

import type { IncomingRecord } from '../exchange.ts';

/** A record as Kafka keeps it; its time is the broker's (`message.timestamp.type=LogAppendTime`). */
export function toIncomingRecord(topic: string, message: KafkaMessage): IncomingRecord {
  return {
    topic,
    offset: Number(message.offset),
    key: message.key?.toString() ?? '',
    value: message.value ?? new Uint8Array(),
    headers: toHeaders(message.headers ?? {}),
    appendedAt: new Date(Number(message.timestamp)).toISOString(),
  };
}

/** Of a header given several times the last counts. */
function toHeaders(headers: IHeaders): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => {
    const last = Array.isArray(value) ? value.at(-1) : value;
    return [name, last?.toString() ?? ''] as const;
  });
  return Object.fromEntries(entries);
}
