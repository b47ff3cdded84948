/**
 * Awaited at the named points between which a crash matters. Does nothing, except in tests that stop a process there.
 */
export type ReachPoint = (point: string) => Promise<void>;

/** Passes every point. */
export const passPoint: ReachPoint = () => Promise.resolve();
