import type { Country, RoutingPolicy } from '@liaison/contracts';
import type { CountryFacts } from './decision-input.ts';
import { leadsToSame } from './territory.ts';

/** The country of an address of a host, and codes of what makes it less certain. */
export interface AddressCountry {
  readonly country: Country | null;
  readonly weakenedBy: readonly string[];
  readonly excludedBy: readonly string[];
}

/**
 * Asks both data sets for the country of an address. Where they lead to different police, or only the second knows the
 * address, it counts one step less; where neither knows it, not at all.
 */
export function findAddressCountry(
  ipAddress: string,
  countryFacts: CountryFacts,
  policy: RoutingPolicy,
): AddressCountry {
  const { country, secondOpinion } = countryFacts.lookUpAddress(ipAddress);
  if (country === null) {
    return secondOpinion === null
      ? { country: null, weakenedBy: [], excludedBy: ['addressWithoutCountry'] }
      : { country: secondOpinion, weakenedBy: ['secondOpinionOnly'], excludedBy: [] };
  }
  const agree = secondOpinion === null || leadsToSame(country, secondOpinion, policy);
  return { country, weakenedBy: agree ? [] : ['sourcesDisagree'], excludedBy: [] };
}
