import {
  normaliseCountry,
  type Country,
  type Decision,
  type MemberState,
  type ParticipantKind,
} from '@liaison/contracts';

/** What the directory says of a participant, as far as addressing asks. */
export interface DirectoryParticipant {
  readonly id: string;
  readonly kind: ParticipantKind;
  readonly country: Country | null;
}

/** Who gets a referral, and whom the directory does not have. */
export interface Addressees {
  readonly addressed: readonly { readonly participantId: string; readonly country: Country | null }[];
  /** Waits with an alarm: another state never stands in for one that is missing. */
  readonly missing: readonly (MemberState | 'europol')[];
}

function compareIds(one: DirectoryParticipant, other: DirectoryParticipant): number {
  return one.id < other.id ? -1 : 1;
}

/**
 * Finds the addressees of a decision in the directory: the law-enforcement contact points of the states concerned, in the
 * decision's order, and Europol last where it is addressed. Third countries and partner centres are never among them.
 */
export function addresseesOf(
  decision: Decision,
  directoryParticipants: readonly DirectoryParticipant[],
): Addressees {
  const { concerned, europol } = decision.criminal;
  const participants = directoryParticipants.toSorted(compareIds);
  const contactPointsOf = (state: MemberState): readonly DirectoryParticipant[] =>
    participants.filter(
      ({ kind, country }) =>
        kind === 'lawEnforcement' && country !== null && normaliseCountry(country) === state,
    );
  const states = concerned.map(({ country }) => ({ country, found: contactPointsOf(country) }));
  const europolIds = europol.addressed ? participants.filter(({ kind }) => kind === 'europol') : [];
  return {
    addressed: [
      ...states.flatMap(({ country, found }) => found.map(({ id }) => ({ participantId: id, country }))),
      ...europolIds.map(({ id }) => ({ participantId: id, country: null })),
    ],
    missing: [
      ...states.filter(({ found }) => found.length === 0).map(({ country }) => country),
      ...(europol.addressed && europolIds.length === 0 ? (['europol'] as const) : []),
    ],
  };
}
