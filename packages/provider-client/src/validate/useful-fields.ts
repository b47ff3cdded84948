import type { Referral } from '@liaison/contracts';

/** What a field helps with. */
export type Purpose =
  /** Which states are concerned. */
  | 'route'
  /** Whether somebody can be found by it. */
  | 'attribution'
  /** How soon somebody has to act. */
  | 'urgency'
  /** Whether the evidence can be found, asked for and weighed. */
  | 'evidence';

export type Item = NonNullable<Referral['items']>[number];
export type Person = NonNullable<Referral['persons']>[number];
export type NetworkEvent = NonNullable<Referral['networkEvents']>[number];
export type HostedUrl = NonNullable<Referral['urls']>[number];

/** A field that the schema leaves open and that decides something. */
export interface UsefulField<Entry> {
  /** JSON Pointer, with `*` for every entry of a list. */
  readonly field: string;
  readonly goodFor: readonly Purpose[];
  /** In one sentence. */
  readonly why: string;
  /** True, false, or null where the field would say nothing here. */
  readonly has: (entry: Entry, referral: Referral) => boolean | null;
}

const is = (value: unknown): boolean => value !== undefined;
const only = (applies: boolean, has: boolean): boolean | null => (applies ? has : null);

const ofAccount = ({ urls }: Referral): boolean => urls === undefined;
const isMaterial = ({ abuseTypes }: Referral): boolean =>
  abuseTypes.some((type) => type === 'knownMaterial' || type === 'newMaterial');

export const referralFields: readonly UsefulField<Referral>[] = [
  {
    field: '/networkEvents',
    goodFor: ['route', 'attribution'],
    why: 'An address with its time is the strongest sign of a state, and what a subscriber is found by.',
    has: (referral) => only(ofAccount(referral), is(referral.networkEvents)),
  },
  {
    field: '/persons',
    goodFor: ['route', 'attribution'],
    why: 'An account, its places and its numbers say whom and which state it concerns.',
    has: (referral) => only(ofAccount(referral), is(referral.persons)),
  },
  {
    field: '/items',
    goodFor: ['evidence'],
    why: 'An item says where its evidence is kept, so that an authority can ask for it.',
    has: (referral) => only(ofAccount(referral) && isMaterial(referral), is(referral.items)),
  },
  {
    field: '/occurredFrom',
    goodFor: ['attribution'],
    why: 'Without a time nobody can ask who had the address or the account then.',
    has: ({ occurredFrom, occurredTo }) => is(occurredFrom) || is(occurredTo),
  },
  {
    field: '/circumstances',
    goodFor: ['urgency'],
    why: 'Some, as liveStreaming or meetingPlanned, make the hub itself treat a referral as urgent.',
    has: ({ circumstances }) => is(circumstances),
  },
  {
    field: '/urgency/grounds',
    goodFor: ['urgency'],
    why: 'An officer sees in one word why it cannot wait.',
    has: ({ urgency }) => only(urgency.claimed, is(urgency.grounds)),
  },
  {
    field: '/awareness/methods',
    goodFor: ['evidence'],
    why: 'How it was found says how far it can be relied on.',
    has: ({ awareness }) => is(awareness.methods),
  },
];

export const itemFields: readonly UsefulField<Item>[] = [
  {
    field: '/items/*/evidenceReference',
    goodFor: ['evidence'],
    why: 'Under this name an authority asks you for the evidence.',
    has: ({ evidenceReference }) => is(evidenceReference),
  },
  {
    field: '/items/*/preservedUntil',
    goodFor: ['evidence', 'urgency'],
    why: 'An authority knows by when it has to ask.',
    has: ({ preservedUntil }) => is(preservedUntil),
  },
  {
    field: '/items/*/digests',
    goodFor: ['evidence'],
    why: 'Authorities know by it whether they have met the same file.',
    has: ({ digests, mediaType }) => only(mediaType !== 'liveStream', is(digests)),
  },
  {
    field: '/items/*/matchBasis',
    goodFor: ['evidence'],
    why: "Known means something else by the centre's indicators than by another list.",
    has: ({ matchBasis }, { abuseTypes }) => only(abuseTypes.includes('knownMaterial'), is(matchBasis)),
  },
  {
    field: '/items/*/viewedByPerson',
    goodFor: ['evidence'],
    why: 'Whether a person has seen it decides in some states what an officer may open.',
    has: ({ viewedByPerson }) => is(viewedByPerson),
  },
  {
    field: '/items/*/removal',
    goodFor: ['urgency'],
    why: 'Says whether it is still there for others.',
    has: ({ removal }) => is(removal),
  },
];
