import type { Referral } from '@liaison/contracts';

type Person = NonNullable<Referral['persons']>[number];
type Item = NonNullable<Referral['items']>[number];

function isKnown({ identifiers, places }: Person): boolean {
  return identifiers !== undefined || places !== undefined;
}

function canBeFound({ evidenceReference, digests }: Item): boolean {
  return evidenceReference !== undefined || digests !== undefined;
}

/**
 * Says whether a referral holds nothing that could identify, locate or find anyone or anything. Words count as facts: what
 * they are worth takes an assessment, and "manifestly" means without one (Article 48(2), Recital 65 of COM(2022) 209).
 */
export function isEmptyOfFacts(referral: Referral): boolean {
  const { persons, items, networkEvents, positions, urls, links, authoritiesInformed, note, urgency } =
    referral;
  const lists = [networkEvents, positions, urls, links, authoritiesInformed];
  return (
    lists.every((list) => list === undefined) &&
    note === undefined &&
    urgency.statement === undefined &&
    !(persons ?? []).some(isKnown) &&
    !(items ?? []).some(canBeFound)
  );
}
