import type { Clock } from '@liaison/service';

/** Kept for at least this long, so that many viewers cost as much as one. */
const minAgeMs = 1_000;
/** Kept for this many times as long as reading took, so that reading never takes more than a part of the database. */
const ageByCost = 10;

/**
 * Reads a value at most once at a time, and again only when it has been kept for a while, which grows with what reading
 * costs. A reading that failed is not kept.
 */
export function keepFresh<Value>(read: () => Promise<Value>, clock: Clock): () => Promise<Value> {
  let kept: { readonly value: Promise<Value>; untilMs: number } | undefined;
  return async () => {
    const beganMs = clock.nowMs();
    if (kept !== undefined && beganMs < kept.untilMs) return kept.value;
    const reading = { value: read(), untilMs: Number.POSITIVE_INFINITY };
    kept = reading;
    try {
      const value = await reading.value;
      const endedMs = clock.nowMs();
      reading.untilMs = endedMs + Math.max(minAgeMs, ageByCost * (endedMs - beganMs));
      return value;
    } catch (error) {
      kept = undefined;
      throw error;
    }
  };
}
