import type { OutgoingRecord } from '../exchange.ts';

/** Of one call; under what the exchange takes (SQL.md), and small enough for memory on both sides. */
const maxRecordsPerCall = 500;
const maxBytesPerCall = 8 * 1024 * 1024;

/** Cuts a list of records into the calls that append them, in order. */
export function splitIntoCalls(records: readonly OutgoingRecord[]): OutgoingRecord[][] {
  const calls: OutgoingRecord[][] = [];
  let current: OutgoingRecord[] = [];
  let bytes = 0;
  for (const record of records) {
    const isFull = current.length === maxRecordsPerCall || bytes + record.value.length > maxBytesPerCall;
    if (current.length === 0 || isFull) {
      current = [];
      calls.push(current);
      bytes = 0;
    }
    current.push(record);
    bytes += record.value.length;
  }
  return calls;
}
