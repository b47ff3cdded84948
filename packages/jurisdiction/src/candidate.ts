import type { Certainty, Country, MemberState } from '@liaison/contracts';
import { compareCertainty, type Signal, type SignalRole } from './signal.ts';

/** A country that counted signals speak for, with them. */
export interface Candidate<Code extends Country> {
  readonly country: Code;
  readonly certainty: Certainty;
  readonly signals: readonly Signal[];
}

/** Member States that signals lead to, and third countries that they speak of; each most certain first. */
export interface Candidates {
  readonly states: readonly Candidate<MemberState>[];
  readonly thirdCountries: readonly Candidate<Country>[];
}

/**
 * Judges certainty from counted signals: high is one strong or two medium ones of different codes; medium is one medium
 * or two weak ones of different codes; low is one weak.
 */
export function judgeCertainty(signals: readonly Signal[]): Certainty {
  const codesOf = (strength: Signal['strength']): number =>
    new Set(signals.filter((signal) => signal.strength === strength).map(({ code }) => code)).size;
  if (codesOf('strong') > 0 || codesOf('medium') > 1) return 'high';
  if (codesOf('medium') > 0 || codesOf('weak') > 1) return 'medium';
  return codesOf('weak') > 0 ? 'low' : 'none';
}

/** Orders by certainty, then by code: never by the order of the referral. */
export function compareCandidates(
  one: { readonly country: Country; readonly certainty: Certainty },
  other: { readonly country: Country; readonly certainty: Certainty },
): number {
  const byCertainty = compareCertainty(other.certainty, one.certainty);
  if (byCertainty !== 0) return byCertainty;
  return one.country < other.country ? -1 : 1;
}

function groupBy<Code extends Country>(
  signals: readonly Signal[],
  keyOf: (signal: Signal) => Code | null,
): Candidate<Code>[] {
  const groups = new Map<Code, Signal[]>();
  for (const signal of signals) {
    const key = keyOf(signal);
    if (key !== null) groups.set(key, [...(groups.get(key) ?? []), signal]);
  }
  return [...groups]
    .map(([country, group]) => ({ country, certainty: judgeCertainty(group), signals: group }))
    .toSorted(compareCandidates);
}

/** Groups counted signals by the Member State that is competent, or else by the third country; each is judged alone. */
export function findCandidates(signals: readonly Signal[]): Candidates {
  const counted = signals.filter((signal) => signal.counted);
  return {
    states: groupBy(counted, ({ competentState }) => competentState ?? null),
    thirdCountries: groupBy(counted, ({ competentState, country }) =>
      competentState === null || competentState === undefined ? country : null,
    ),
  };
}

const roleOrder: readonly SignalRole[] = ['offence', 'reportedUser', 'victim', 'otherPerson'];

/** The roles that signals speak of, in a fixed order. */
export function rolesOf(signals: readonly Signal[]): SignalRole[] {
  return roleOrder.filter((role) => signals.some((signal) => signal.role === role));
}
