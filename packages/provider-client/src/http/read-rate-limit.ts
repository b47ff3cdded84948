/**
 * Reads `RateLimit` (draft-ietf-httpapi-ratelimit-headers): for how many milliseconds a quota that is used up stays so. A
 * batch has no `Retry-After`, for its other entries were answered. Null where something is left, or nothing is said.
 */
export function readRateLimit(value: string | null): number | null {
  const [, seconds] = /^"[^"]{1,64}";r=0;t=(\d{1,9})$/.exec(value ?? '') ?? [];
  return seconds === undefined ? null : Number(seconds) * 1000;
}
