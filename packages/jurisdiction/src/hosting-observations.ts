import type { Referral } from '@liaison/contracts';
import { findAddressCountry, type AddressCountry } from './address-country.ts';
import type { DecisionInput } from './decision-input.ts';
import type { Observation } from './signal.ts';
import { leadsToSame } from './territory.ts';

type HostedUrl = NonNullable<Referral['urls']>[number];

/**
 * The country of a host. What the hotline traced comes first; the address of the host confirms it, or stands in for it.
 * Behind a content delivery network an address is that network's, not the host's: it then says nothing, and what was
 * traced counts one step less.
 */
function findHostingCountry(url: HostedUrl, { countryFacts, policy }: DecisionInput): AddressCountry {
  const isFronted = url.cdnFronted === 'yes';
  const address =
    url.ipAddress === undefined ? null : findAddressCountry(url.ipAddress, countryFacts, policy);
  if (url.hostingCountry === undefined) {
    if (address === null) return { country: null, weakenedBy: [], excludedBy: ['hostingCountryMissing'] };
    return isFronted ? { ...address, excludedBy: ['cdnFronted', ...address.excludedBy] } : address;
  }
  const traced = { country: url.hostingCountry, excludedBy: [] };
  if (isFronted) return { ...traced, weakenedBy: ['cdnFronted'] };
  const found = address?.country ?? null;
  const agree = found === null || leadsToSame(found, url.hostingCountry, policy);
  return { ...traced, weakenedBy: agree ? [] : ['sourcesDisagree'] };
}

/**
 * Observations of hosting: an offence by means of what is accessed from, or lies in, a territory (Article 17(3) of
 * Directive 2011/93/EU).
 */
export function observeHosting(input: DecisionInput): Observation[] {
  return (input.referral.urls ?? []).map((url, index) => {
    const { country, weakenedBy, excludedBy } = findHostingCountry(url, input);
    return {
      code: 'hostingTraced',
      pointer: `/urls/${index}`,
      role: 'offence',
      country,
      observedAt: url.checkedAt,
      weakenedBy: [
        ...weakenedBy,
        ...(url.hostingBasis === 'unknown' ? ['hostingBasisUnknown'] : []),
        ...(url.state === 'moved' ? ['moved'] : []),
      ],
      excludedBy,
    };
  });
}
