/** The value below which this share of the values lies (nearest rank); null where there are none. */
export function percentile(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((left, right) => left - right);
  const rank = Math.max(1, Math.ceil(sorted.length * share));
  return sorted[rank - 1] ?? null;
}

/** The middle value; the mean of the two middle ones where their number is even. Null where there are none. */
export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((left, right) => left - right);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}

/** The arithmetic mean; null where there are none. */
export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** How fast `y` grows with `x`, by least squares; 0 where fewer than two different `x` are known. */
export function slopeOf(points: readonly { readonly x: number; readonly y: number }[]): number {
  const meanX = mean(points.map(({ x }) => x)) ?? 0;
  const meanY = mean(points.map(({ y }) => y)) ?? 0;
  const spread = points.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0);
  if (spread === 0) return 0;
  return points.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0) / spread;
}

/** A figure with so many places after the point. */
export function rounded(value: number, places = 1): number {
  const scale = 10 ** places;
  return Math.round(value * scale) / scale;
}

/** Latencies in milliseconds, as they are reported. */
export interface Latencies {
  readonly count: number;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly max: number | null;
}

/** Sums up latencies. */
export function latenciesOf(valuesMs: readonly number[]): Latencies {
  const at = (share: number): number | null => {
    const value = percentile(valuesMs, share);
    return value === null ? null : rounded(value);
  };
  return { count: valuesMs.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}
