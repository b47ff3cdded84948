import {
  memberStates,
  normaliseCountry,
  type Country,
  type MemberState,
  type RoutingPolicy,
} from '@liaison/contracts';

/** Which police is competent in a country, as far as the policy knows. */
export interface Competence {
  /** Null for a third country, and for a territory that has a police of its own. */
  readonly state: MemberState | null;
  /** Whether the competence rests on a policy entry outside Union territory that nobody has confirmed. */
  readonly isUnconfirmed: boolean;
}

function isMemberState(country: Country): country is MemberState {
  return memberStates.some((state) => state === country);
}

/**
 * Finds the Member State whose police is competent in a country or territory. Union territory and police competence are
 * different questions: where Union law applies (Article 355(1) and (4) TFEU) the Member State's competence follows from
 * the Treaty; elsewhere it rests on national law, and counts less until that state has confirmed it.
 */
export function resolveCompetence(country: Country, policy: RoutingPolicy): Competence {
  const code = normaliseCountry(country);
  if (isMemberState(code)) return { state: code, isUnconfirmed: false };
  const territory = policy.territories.find((entry) => normaliseCountry(entry.territory) === code);
  if (territory === undefined || territory.competentState === null)
    return { state: null, isUnconfirmed: false };
  const isUnconfirmed = !territory.unionTerritory && territory.confirmedBy === null;
  return { state: territory.competentState, isUnconfirmed };
}

/** Says whether two countries lead to the same police, or are the same third country. */
export function leadsToSame(one: Country, other: Country, policy: RoutingPolicy): boolean {
  if (normaliseCountry(one) === normaliseCountry(other)) return true;
  const { state } = resolveCompetence(one, policy);
  return state !== null && state === resolveCompetence(other, policy).state;
}
