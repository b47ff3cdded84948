import type { Referral } from '@liaison/contracts';
import type { DecisionInput } from './decision-input.ts';
import { findRole } from './person-roles.ts';
import { findPhoneCountry } from './phone-country.ts';
import type { Observation, SignalCode } from './signal.ts';

type Person = NonNullable<Referral['persons']>[number];
type Place = NonNullable<Person['places']>[number];

/**
 * The country of a number stands for the number: stated twice it is still one fact, and carries its code. What the sender
 * estimates stays an estimate, whoever looked at it.
 */
function codeOfPlace(place: Place): SignalCode {
  if (place.kind === 'numberCountry') return 'phoneCountry';
  if (place.kind === 'providerEstimate') return 'placeEstimated';
  return place.verified === 'yes' ? 'placeVerified' : 'placeDeclared';
}

/** Only a number needs to be lowered: of a place its code says already whether anybody verified it. */
function weakenUnverified(verified: Place['verified']): readonly string[] {
  return verified === 'yes' ? [] : ['unverified'];
}

function observePerson(person: Person, index: number, input: DecisionInput): Observation[] {
  const { role, weakenedBy } = findRole(input.referral, person.personId);
  const numbers = (person.identifiers ?? []).flatMap((identifier, at): Observation[] => {
    if (identifier.type !== 'phone') return [];
    const phone = findPhoneCountry(identifier.value, input.policy);
    return [
      {
        code: 'phoneCountry',
        pointer: `/persons/${index}/identifiers/${at}`,
        role,
        country: phone.country,
        observedAt: undefined,
        weakenedBy: [...phone.weakenedBy, ...weakenUnverified(identifier.verified), ...weakenedBy],
        excludedBy: phone.excludedBy,
      },
    ];
  });
  const places = (person.places ?? []).map((place, at): Observation => {
    const code = codeOfPlace(place);
    const unverified = code === 'phoneCountry' ? weakenUnverified(place.verified) : [];
    return {
      code,
      pointer: `/persons/${index}/places/${at}`,
      role,
      country: place.country,
      observedAt: place.at,
      weakenedBy: [...unverified, ...weakenedBy],
      excludedBy: [],
    };
  });
  return [...numbers, ...places];
}

/**
 * Observations of persons: where the offender or the victim resides or is located (Article 18(2) of Regulation (EU)
 * 2022/2065; Article 17(1)(b) and (2) of Directive 2011/93/EU).
 */
export function observePersons(input: DecisionInput): Observation[] {
  return (input.referral.persons ?? []).flatMap((person, index) => observePerson(person, index, input));
}
