import { memberStates, type MemberState, type ParticipantKind } from '@liaison/contracts';

/** A participant of a demonstration. */
export interface DemoParticipant {
  readonly id: string;
  readonly kind: Exclude<ParticipantKind, 'hub'>;
  readonly name: string;
  readonly country: MemberState | 'US' | null;
  readonly establishment: MemberState | null;
  readonly legalRepresentative: MemberState | null;
  /** Of a range that its country keeps for drama: nobody answers. */
  readonly dutyPhone: string | null;
  readonly contact: string | null;
}

function provider(
  id: string,
  name: string,
  seat: { establishment?: MemberState; legalRepresentative?: MemberState; dutyPhone?: string },
): DemoParticipant {
  const establishment = seat.establishment ?? null;
  return {
    id,
    kind: 'provider',
    name,
    country: establishment ?? 'US',
    establishment,
    legalRepresentative: seat.legalRepresentative ?? null,
    dutyPhone: seat.dutyPhone ?? null,
    contact: `duty@${id}.example`,
  };
}

const none = { establishment: null, legalRepresentative: null, dutyPhone: null, contact: null };

/** Those who refer: several providers, a hotline, and a partner centre of a third country. */
export const demoSenders: readonly DemoParticipant[] = [
  provider('example-chat', 'Example Chat', { establishment: 'IE', dutyPhone: '+353209100017' }),
  provider('example-hosting', 'Example Hosting', { establishment: 'NL' }),
  provider('example-social', 'Example Social', { establishment: 'IE', dutyPhone: '+353209100042' }),
  provider('example-video', 'Example Video', { legalRepresentative: 'LU' }),
  provider('example-games', 'Example Games', { establishment: 'SE', dutyPhone: '+46846500417' }),
  provider('example-mail', 'Example Mail', { dutyPhone: '+12025550117' }),
  { id: 'example-hotline', kind: 'hotline', name: 'Example Hotline', country: 'BE', ...none },
  { id: 'example-centre', kind: 'partnerCentre', name: 'Example Partner Centre', country: 'US', ...none },
];

/** The law-enforcement contact points of the 27 Member States. */
export const demoContactPoints: readonly DemoParticipant[] = memberStates.map((country) => ({
  id: `cp-${country.toLowerCase()}`,
  kind: 'lawEnforcement',
  name: `National contact point ${country}`,
  country,
  ...none,
}));

export const demoEuropol: DemoParticipant = {
  id: 'europol',
  kind: 'europol',
  name: 'Europol',
  country: null,
  ...none,
};

/** The participant id of a Member State's contact point in a demonstration. */
export function contactPointIdOf(country: MemberState): string {
  return `cp-${country.toLowerCase()}`;
}
