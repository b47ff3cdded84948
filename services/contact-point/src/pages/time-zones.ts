import type { MemberState } from '@liaison/contracts';

/** Time zone of each Member State's capital (IANA Time Zone Database, zone.tab). */
const timeZones: Readonly<Record<MemberState, string>> = {
  AT: 'Europe/Vienna',
  BE: 'Europe/Brussels',
  BG: 'Europe/Sofia',
  CY: 'Asia/Nicosia',
  CZ: 'Europe/Prague',
  DE: 'Europe/Berlin',
  DK: 'Europe/Copenhagen',
  EE: 'Europe/Tallinn',
  ES: 'Europe/Madrid',
  FI: 'Europe/Helsinki',
  FR: 'Europe/Paris',
  GR: 'Europe/Athens',
  HR: 'Europe/Zagreb',
  HU: 'Europe/Budapest',
  IE: 'Europe/Dublin',
  IT: 'Europe/Rome',
  LT: 'Europe/Vilnius',
  LU: 'Europe/Luxembourg',
  LV: 'Europe/Riga',
  MT: 'Europe/Malta',
  NL: 'Europe/Amsterdam',
  PL: 'Europe/Warsaw',
  PT: 'Europe/Lisbon',
  RO: 'Europe/Bucharest',
  SE: 'Europe/Stockholm',
  SI: 'Europe/Ljubljana',
  SK: 'Europe/Bratislava',
};

/** The time zone in which an authority works: that of its country's capital, of The Hague for Europol, else UTC. */
export function timeZoneOf(authority: { readonly kind: string; readonly country: string | null }): string {
  if (authority.kind === 'europol') return timeZones.NL;
  const zones: Readonly<Record<string, string | undefined>> = timeZones;
  return zones[authority.country ?? ''] ?? 'UTC';
}
