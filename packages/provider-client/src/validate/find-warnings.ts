import type { Referral } from '@liaison/contracts';
import type { ReferralWarning, WarningCode } from './referral-warning.ts';

type Item = NonNullable<Referral['items']>[number];
type Person = NonNullable<Referral['persons']>[number];
type Add = (pointer: string, code: WarningCode) => void;

/** Twelve months after report or removal, whichever is first (Article 22(2) of COM(2022) 209). */
function preservationEndMs({ issuedAt }: Referral, { removal }: Item): number {
  const removed = removal?.status === 'removed' || removal?.status === 'disabled' ? removal.at : undefined;
  const first = new Date(Math.min(Date.parse(issuedAt), Date.parse(removed ?? issuedAt)));
  return first.setUTCFullYear(first.getUTCFullYear() + 1);
}

function warnOfItems(referral: Referral, nowMs: number, add: Add): void {
  referral.items?.forEach((item, index) => {
    const at = `/items/${index}`;
    if (item.evidenceReference === undefined) add(`${at}/evidenceReference`, 'evidence-reference-missing');
    const pointer = `${at}/preservedUntil`;
    if (item.preservedUntil === undefined) add(pointer, 'preservation-missing');
    else if (Date.parse(item.preservedUntil) <= nowMs) add(pointer, 'preservation-ended');
    else if (Date.parse(item.preservedUntil) > preservationEndMs(referral, item)) {
      add(pointer, 'preservation-over-twelve-months');
    }
  });
  const material = referral.abuseTypes.some((type) => type === 'knownMaterial' || type === 'newMaterial');
  if (material && referral.items === undefined) add('/items', 'item-missing');
}

function isNamedOnly({ identifiers, places, ageBand, sex, languages }: Person): boolean {
  return [identifiers, places, ageBand, sex, languages].every((member) => member === undefined);
}

function warnOfPersons({ persons }: Referral, add: Add): void {
  if (persons === undefined) add('/persons', 'person-missing');
  persons?.forEach((person, index) => {
    if (person.role === 'reportedUser' && person.identifiers === undefined) {
      add(`/persons/${index}/identifiers`, 'identifier-missing');
    }
    if (person.role === 'personAppearingToBeVictim' && isNamedOnly(person)) {
      add(`/persons/${index}`, 'victim-empty');
    }
  });
}

function warnOfEvents({ networkEvents, occurredFrom, occurredTo }: Referral, add: Add): void {
  if (networkEvents === undefined) add('/networkEvents', 'network-event-missing');
  networkEvents?.forEach(({ port }, index) => {
    if (port === undefined) add(`/networkEvents/${index}/port`, 'port-missing');
  });
  if (occurredFrom === undefined && occurredTo === undefined) {
    add('/occurredFrom', 'occurrence-time-missing');
  }
}

function namesCountry({ places, identifiers }: Person): boolean {
  return places !== undefined || identifiers?.some(({ type }) => type === 'phone') === true;
}

function warnOfCountry(referral: Referral, add: Add): void {
  const { networkEvents, positions, persons, urls } = referral;
  const unknown =
    networkEvents === undefined && positions === undefined && persons?.some(namesCountry) !== true;
  if (urls === undefined && unknown) add('', 'country-unknown');
  urls?.forEach(({ hostingCountry, ipAddress }, index) => {
    if (hostingCountry === undefined && ipAddress === undefined) {
      add(`/urls/${index}/hostingCountry`, 'hosting-country-missing');
    }
  });
}

/**
 * Finds what makes a referral weak though the hub would accept it: what providers leave out and investigators then miss.
 * A withdrawal needs none of it, and what a hotline refers is an address and not an account.
 * @param nowMs milliseconds since 1970.
 */
export function findWarnings(referral: Referral, nowMs: number): ReferralWarning[] {
  const warnings: ReferralWarning[] = [];
  const add: Add = (pointer, code) => {
    warnings.push({ pointer, code });
  };
  if (referral.relation?.type === 'withdrawal') return warnings;
  if (referral.urgency.claimed && referral.urgency.grounds === undefined) {
    add('/urgency/grounds', 'urgency-grounds-missing');
  }
  warnOfItems(referral, nowMs, add);
  if (referral.urls === undefined) {
    warnOfPersons(referral, add);
    warnOfEvents(referral, add);
  }
  warnOfCountry(referral, add);
  return warnings;
}
