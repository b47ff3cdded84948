import type { OutgoingRecord } from '../exchange.ts';

/** Kafka takes or refuses all records of one request and topic together, by their size (`max.message.bytes`). */
const maxBytesPerRequest = 768 * 1024;
const maxRecordsPerRequest = 500;

/** Cuts records of one topic, in order, into what one request may hold; a record that is larger goes alone. */
export function splitByBytes(records: readonly OutgoingRecord[]): OutgoingRecord[][] {
  const parts: OutgoingRecord[][] = [];
  let current: OutgoingRecord[] = [];
  let bytes = 0;
  for (const record of records) {
    const isFull =
      current.length === maxRecordsPerRequest || bytes + record.value.length > maxBytesPerRequest;
    if (current.length === 0 || isFull) {
      current = [];
      parts.push(current);
      bytes = 0;
    }
    current.push(record);
    bytes += record.value.length;
  }
  return parts;
}
