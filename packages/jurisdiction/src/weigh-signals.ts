import { normaliseCountry, type RoutingPolicy } from '@liaison/contracts';
import type { DecisionInput } from './decision-input.ts';
import { observeHosting } from './hosting-observations.ts';
import { observeNetwork } from './network-observations.ts';
import { observePersons } from './person-observations.ts';
import { observePositions } from './position-observations.ts';
import { lowerStrength, type Observation, type Signal } from './signal.ts';
import { resolveCompetence } from './territory.ts';

const dayMs = 24 * 3_600_000;

/** Says whether something was seen longer ago than the policy's days before acceptance. */
export function isStale(observedAt: string | undefined, acceptedAt: string, policy: RoutingPolicy): boolean {
  if (observedAt === undefined) return false;
  return Date.parse(acceptedAt) - Date.parse(observedAt) > policy.staleAfterDays * dayMs;
}

function weigh(observation: Observation, { policy, acceptedAt }: DecisionInput): Signal {
  const { code, pointer, role, observedAt } = observation;
  const country = observation.country === null ? null : normaliseCountry(observation.country);
  const competence = country === null ? null : resolveCompetence(country, policy);
  const weakenedBy = [
    ...observation.weakenedBy,
    ...(isStale(observedAt, acceptedAt, policy) ? ['stale'] : []),
    ...(role === 'otherPerson' ? ['otherPerson'] : []),
    ...(competence?.isUnconfirmed === true ? ['territoryUnconfirmed'] : []),
  ];
  const isExcluded = country === null || observation.excludedBy.length > 0;
  const strength = isExcluded ? 'none' : lowerStrength(policy.signals[code], weakenedBy.length);
  return {
    code,
    pointer,
    role,
    country,
    competentState: competence?.state ?? null,
    strength,
    counted: strength !== 'none',
    reasons: [...new Set([...observation.excludedBy, ...weakenedBy])],
    ...(observedAt === undefined ? {} : { observedAt }),
  };
}

/** Collects every signal of a referral in the order of its members, weighed by the policy; counted or not. */
export function weighSignals(input: DecisionInput): Signal[] {
  const observations = [
    ...observeNetwork(input),
    ...observePersons(input),
    ...observePositions(input),
    ...observeHosting(input),
  ];
  return observations.map((observation) => weigh(observation, input));
}
