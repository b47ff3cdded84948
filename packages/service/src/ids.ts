import { v7 } from 'uuid';
import type { Clock } from './clock.ts';

/** Makes ids. */
export type NewId = () => string;

/** Fills with randomness; `node:crypto`'s `randomBytes` fits. */
export type RandomBytes = (size: number) => Uint8Array;

/**
 * Makes lower-case UUIDv7 (RFC 9562, 5.7), strictly growing within one maker: a counter breaks ties of one millisecond.
 */
export function createNewId(clock: Clock, randomBytes: RandomBytes): NewId {
  let lastMs = 0;
  let counter = 0;
  return () => {
    const nowMs = clock.nowMs();
    const random = Uint8Array.from(randomBytes(16));
    if (nowMs > lastMs) {
      lastMs = nowMs;
      // Half the counter's range is left for ids of the same millisecond.
      counter = new DataView(random.buffer).getUint32(0) >>> 1;
    } else counter += 1;
    return v7({ msecs: lastMs, seq: counter, random });
  };
}
