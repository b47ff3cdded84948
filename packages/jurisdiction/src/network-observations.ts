import type { Referral } from '@liaison/contracts';
import { findAddressCountry } from './address-country.ts';
import type { DecisionInput } from './decision-input.ts';
import { actsInOffence, findRole, type RoleOf } from './person-roles.ts';
import type { Observation, SignalCode } from './signal.ts';

type NetworkEvent = NonNullable<Referral['networkEvents']>[number];

const codeOf: Readonly<Record<NetworkEvent['event'], SignalCode>> = {
  upload: 'eventUploadOrSend',
  send: 'eventUploadOrSend',
  login: 'eventLoginOrRegistration',
  registration: 'eventLoginOrRegistration',
  payment: 'eventPayment',
  other: 'eventOther',
};

type Effect = Pick<Observation, 'weakenedBy' | 'excludedBy'>;

const anonymising: Effect = { weakenedBy: [], excludedBy: ['anonymisingNetwork'] };
const neutral: Effect = { weakenedBy: [], excludedBy: [] };

/**
 * What the kind of network does to the place: exits and data centres say nothing of it; a relay keeps the country, though
 * the data sets may place its egress elsewhere; a mobile operator's country is the country, at home or roaming.
 */
const effectOf: Readonly<Record<NonNullable<NetworkEvent['network']>, Effect>> = {
  vpnOrProxy: anonymising,
  tor: anonymising,
  hosting: { weakenedBy: [], excludedBy: ['dataCentreNetwork'] },
  countryRelay: { weakenedBy: ['relayed'], excludedBy: [] },
  residential: neutral,
  mobile: neutral,
  unknown: neutral,
};

/** An upload is the offence, and also says where its person is; a login says only where its person is. */
function rolesOf(referral: Referral, event: NetworkEvent): readonly RoleOf[] {
  const isAct = event.event === 'upload' || event.event === 'send';
  const offence: RoleOf = { role: 'offence', weakenedBy: [] };
  if (!isAct) return [findRole(referral, event.personId)];
  if (event.personId === undefined) return [offence];
  const person = findRole(referral, event.personId);
  return actsInOffence(referral, event.personId) ? [offence, person] : [person];
}

/** Observations of the network: Article 13(1)(f) of COM(2022) 209; Article 18(2) of Regulation (EU) 2022/2065. */
export function observeNetwork({ referral, policy, countryFacts }: DecisionInput): Observation[] {
  return (referral.networkEvents ?? []).flatMap((event, index) => {
    const address = findAddressCountry(event.ipAddress, countryFacts, policy);
    const network = effectOf[event.network ?? 'unknown'];
    return rolesOf(referral, event).map((role) => ({
      code: codeOf[event.event],
      pointer: `/networkEvents/${index}`,
      role: role.role,
      country: address.country,
      observedAt: event.occurredAt,
      weakenedBy: [...network.weakenedBy, ...address.weakenedBy, ...role.weakenedBy],
      excludedBy: [...network.excludedBy, ...address.excludedBy],
    }));
  });
}
