import type { Certainty, MemberState, RoutingPolicy } from '@liaison/contracts';
import { compareCandidates, rolesOf, type Candidate } from './candidate.ts';
import { compareCertainty, type Criminal } from './signal.ts';

export type ConcernedState = Criminal['concerned'][number];

/** Code of the rule that names a state because the earlier referral went there. */
const priorReferral = 'priorReferral';

function higher(one: Certainty, other: Certainty): Certainty {
  return compareCertainty(one, other) >= 0 ? one : other;
}

/** Says whether a country is certain enough for the policy. */
export function reachesMinimum(certainty: Certainty, policy: RoutingPolicy): boolean {
  return compareCertainty(certainty, policy.minimumCertainty) >= 0;
}

function codesOf({ signals }: Candidate<MemberState>): string[] {
  return [...new Set(signals.map(({ code }) => code))].toSorted();
}

/** The states that signals make likely to have jurisdiction, each judged by itself (Article 48(3) of COM(2022) 209). */
export function concernedBySignals(
  candidates: readonly Candidate<MemberState>[],
  policy: RoutingPolicy,
): ConcernedState[] {
  return candidates
    .filter(({ certainty }) => reachesMinimum(certainty, policy))
    .map((candidate) => ({
      country: candidate.country,
      certainty: candidate.certainty,
      roles: rolesOf(candidate.signals),
      why: codesOf(candidate),
    }));
}

/**
 * Adds the states to which the earlier referral went: who got the first has to get what changes it. They are certain at
 * least as far as the policy asks, for that is how far they were when they were addressed.
 */
export function withPriorStates(
  concerned: readonly ConcernedState[],
  priorStates: readonly MemberState[],
  policy: RoutingPolicy,
): ConcernedState[] {
  const states = new Map(concerned.map((state) => [state.country, state]));
  for (const country of priorStates) {
    const own = states.get(country);
    states.set(country, {
      country,
      certainty: higher(own?.certainty ?? 'none', policy.minimumCertainty),
      roles: own?.roles ?? [],
      why: [...new Set([...(own?.why ?? []), priorReferral])],
    });
  }
  return [...states.values()].toSorted(compareCandidates);
}
