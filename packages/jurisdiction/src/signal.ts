import type { Certainty, Country, Decision } from '@liaison/contracts';

export type Criminal = Decision['criminal'];
/** One signal of a decision, weighed. */
export type Signal = Criminal['signals'][number];
export type SignalCode = Signal['code'];
export type SignalRole = Signal['role'];
export type Strength = Signal['strength'];

/** What a referral says of a place, before anything is weighed. */
export interface Observation {
  readonly code: SignalCode;
  /** JSON Pointer (RFC 6901) into the referral. */
  readonly pointer: string;
  readonly role: SignalRole;
  readonly country: Country | null;
  readonly observedAt: string | undefined;
  /** Codes of what makes it weaker, one step each. */
  readonly weakenedBy: readonly string[];
  /** Codes of what excludes it: it then says nothing of a place. */
  readonly excludedBy: readonly string[];
}

const strengths: readonly Strength[] = ['none', 'weak', 'medium', 'strong'];
const certainties: readonly Certainty[] = ['none', 'low', 'medium', 'high'];

/** Lowers a strength by a number of steps, at most to none. */
export function lowerStrength(strength: Strength, steps: number): Strength {
  return strengths[Math.max(0, strengths.indexOf(strength) - steps)] ?? 'none';
}

/** Compares by rank: negative where the first is less certain. */
export function compareCertainty(one: Certainty, other: Certainty): number {
  return certainties.indexOf(one) - certainties.indexOf(other);
}
