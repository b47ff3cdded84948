import type { Signal, Strength } from './signal.ts';

/** As many signals as the contract has room for; only a referral of hundreds of numbers and places has more. */
const mostSignals = 400;

const order: readonly Strength[] = ['strong', 'medium', 'weak', 'none'];

/**
 * Keeps the signals that a decision has room for: the strongest, in the order of the referral. The decision itself is made
 * from all of them.
 */
export function limitSignals(signals: readonly Signal[]): Signal[] {
  if (signals.length <= mostSignals) return [...signals];
  const ranked = order.flatMap((strength) => signals.filter((signal) => signal.strength === strength));
  const kept = new Set(ranked.slice(0, mostSignals));
  return signals.filter((signal) => kept.has(signal));
}
