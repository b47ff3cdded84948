import type { Country, RoutingPolicy } from '@liaison/contracts';
import { parsePhoneNumberFromString, type CountryCode, type NumberType } from 'libphonenumber-js/max';
import type { AddressCountry } from './address-country.ts';
import { leadsToSame } from './territory.ts';

/** Kinds of number that can be had without living, or being, where their code says. */
const virtualTypes: readonly NumberType[] = [
  'VOIP',
  'PERSONAL_NUMBER',
  'UAN',
  'TOLL_FREE',
  'SHARED_COST',
  'PREMIUM_RATE',
  'PAGER',
  'VOICEMAIL',
];

/** Numbers are also given out by territories that ISO 3166-1 has no code for, or none of their own. */
function toCountry(code: CountryCode): Country | null {
  if (code === 'AC' || code === 'TA') return 'SH';
  return code === 'XK' ? null : code;
}

function findCountry(codes: readonly CountryCode[], policy: RoutingPolicy): Country | null {
  const countries = codes.map(toCountry).filter((country) => country !== null);
  const [first, ...others] = countries.toSorted();
  if (first === undefined || countries.length < codes.length) return null;
  return others.every((other) => leadsToSame(first, other, policy)) ? first : null;
}

/**
 * Finds the country of a telephone number by its numbering plan, area codes included: +44 1481 is Guernsey, +358 18 Åland,
 * +262 692 Réunion. A number that several countries share counts only where they lead to the same police.
 * @param number a number in E.164.
 */
export function findPhoneCountry(number: string, policy: RoutingPolicy): AddressCountry {
  const parsed = parsePhoneNumberFromString(number);
  const codes = parsed?.country === undefined ? (parsed?.getPossibleCountries() ?? []) : [parsed.country];
  const country = parsed?.isPossible() === true ? findCountry(codes, policy) : null;
  if (country === null) return { country: null, weakenedBy: [], excludedBy: ['numberWithoutCountry'] };
  const type = parsed?.getType();
  const isVirtual = type !== undefined && virtualTypes.includes(type);
  return { country, weakenedBy: isVirtual ? ['virtualNumber'] : [], excludedBy: [] };
}
