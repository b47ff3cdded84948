import type { Country } from './generated/messages.d.ts';

/** The 27 Member States, ISO 3166-1 alpha-2, in the order of their codes. */
export const memberStates = [
  'AT',
  'BE',
  'BG',
  'CY',
  'CZ',
  'DE',
  'DK',
  'EE',
  'ES',
  'FI',
  'FR',
  'GR',
  'HR',
  'HU',
  'IE',
  'IT',
  'LT',
  'LU',
  'LV',
  'MT',
  'NL',
  'PL',
  'PT',
  'RO',
  'SE',
  'SI',
  'SK',
] as const;

/** Reads the aliases that Union practice uses: EL is Greece, UK is the United Kingdom. */
export function normaliseCountry(country: Country): Exclude<Country, 'EL' | 'UK'> {
  if (country === 'EL') return 'GR';
  if (country === 'UK') return 'GB';
  return country;
}
