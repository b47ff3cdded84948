import type { Referral } from '@liaison/contracts';
import type { DecisionInput } from './decision-input.ts';
import { findRole, type RoleOf } from './person-roles.ts';
import type { Observation, SignalCode } from './signal.ts';

type Position = NonNullable<Referral['positions']>[number];

const codeOf: Readonly<Record<Position['source'], SignalCode>> = {
  device: 'positionOfDevice',
  mediaMetadata: 'positionOfMedia',
  providerEstimate: 'positionEstimated',
};

/** Where media was made is a place of the offence, and of the person whom the sender names with it. */
function rolesOf(referral: Referral, position: Position): readonly RoleOf[] {
  const offence: RoleOf = { role: 'offence', weakenedBy: [] };
  if (position.source !== 'mediaMetadata') return [findRole(referral, position.personId)];
  return position.personId === undefined ? [offence] : [offence, findRole(referral, position.personId)];
}

/** Observations of positions: Annex III, 5 of COM(2022) 209; Article 17(1)(a) of Directive 2011/93/EU. */
export function observePositions({ referral }: DecisionInput): Observation[] {
  return (referral.positions ?? []).flatMap((position, index) =>
    rolesOf(referral, position).map(({ role, weakenedBy }) => ({
      code: codeOf[position.source],
      pointer: `/positions/${index}`,
      role,
      country: position.country,
      observedAt: position.at,
      weakenedBy,
      excludedBy: [],
    })),
  );
}
