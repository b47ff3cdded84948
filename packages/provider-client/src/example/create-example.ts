import type { Membership, Referral } from '@liaison/contracts';

/** What an example shows. */
export const exampleKinds = ['material', 'solicitation', 'url', 'partner'] as const;
export type ExampleKind = (typeof exampleKinds)[number];

/** What a member of each kind can submit, the plainest first. */
const kindsOf: Readonly<Partial<Record<Membership['kind'], readonly [ExampleKind, ...ExampleKind[]]>>> = {
  provider: ['material', 'solicitation'],
  hotline: ['url'],
  partnerCentre: ['partner'],
};

/** Examples that a member of this kind can submit; none for those who do not refer. */
export function exampleKindsFor(kind: Membership['kind']): readonly ExampleKind[] {
  return kindsOf[kind] ?? [];
}

/** When and under which name. */
export interface ExampleContext {
  readonly participantId: string;
  readonly nowMs: number;
  /** UUIDv7, for a reference that was never used. */
  readonly id: string;
}

const minuteMs = 60_000;
const halfYearMs = 180 * 24 * 60 * minuteMs;

type Times = (minutesAgo: number) => string;
type Body = Omit<Referral, 'schemaVersion' | 'providerReference' | 'issuedAt' | 'reporter'>;

/** Addresses, domains and numbers are those set aside for documentation (RFC 5737, RFC 2606). */
const account = { type: 'username', value: 'river_stone_88', verified: 'no' } as const;

function material(at: Times, preservedUntil: string): Body {
  return {
    referralKind: 'providerReport',
    legalBasis: { instrument: 'voluntary' },
    service: { types: ['hosting'], name: 'Example service', url: 'https://service.example' },
    abuseTypes: ['knownMaterial'],
    occurredFrom: at(95),
    occurredTo: at(90),
    urgency: { claimed: false },
    awareness: { manner: 'ownMotion', methods: ['exactHash'], humanReview: 'metadataOnly' },
    items: [
      {
        itemId: 'i1',
        mediaType: 'image',
        count: 2,
        evidenceReference: 'vault:example-1',
        matchBasis: 'otherHashList',
        viewedByPerson: 'no',
        public: 'no',
        preservedUntil,
        removal: { status: 'removed', at: at(80) },
      },
    ],
    persons: [
      {
        personId: 'p1',
        role: 'reportedUser',
        mayBeChild: 'unknown',
        identifiers: [account, { type: 'email', value: 'river.stone@mail.example', verified: 'yes' }],
        places: [{ kind: 'billing', country: 'BE', verified: 'yes' }],
        accountAction: { status: 'suspended', at: at(75) },
      },
    ],
    networkEvents: [
      {
        event: 'upload',
        ipAddress: '192.0.2.17',
        occurredAt: at(94),
        port: 51422,
        personId: 'p1',
        itemIds: ['i1'],
        network: 'residential',
      },
    ],
  };
}

function solicitation(at: Times): Body {
  return {
    referralKind: 'providerReport',
    legalBasis: { instrument: 'voluntary' },
    service: { types: ['interpersonalCommunications'], name: 'Example service' },
    abuseTypes: ['solicitation'],
    circumstances: ['ongoingContact', 'meetingPlanned'],
    occurredFrom: at(240),
    occurredTo: at(30),
    urgency: { claimed: true, grounds: ['imminentMeeting'] },
    awareness: { manner: 'userFlag', methods: ['person'], humanReview: 'contentViewed' },
    persons: [
      { personId: 'p1', role: 'reportedUser', mayBeChild: 'no', identifiers: [account] },
      {
        personId: 'p2',
        role: 'personAppearingToBeVictim',
        mayBeChild: 'yes',
        ageBand: '13to15',
        identifiers: [{ type: 'userId', value: 'u-5512', verified: 'unknown' }],
      },
    ],
    networkEvents: [
      {
        event: 'send',
        ipAddress: '198.51.100.4',
        occurredAt: at(30),
        port: 40112,
        personId: 'p1',
        network: 'mobile',
      },
    ],
  };
}

function url(at: Times): Body {
  return {
    referralKind: 'hotlineReferral',
    legalBasis: { instrument: 'hotlineMandate' },
    abuseTypes: ['notDetermined'],
    urgency: { claimed: false },
    awareness: { manner: 'userFlag', humanReview: 'contentViewed' },
    urls: [
      {
        url: 'https://gallery.example/a/17',
        checkedAt: at(20),
        hostingBasis: 'hotlineTrace',
        ipAddress: '203.0.113.9',
        hostingCountry: 'NL',
        cdnFronted: 'no',
        state: 'online',
        assessment: 'baseline',
      },
    ],
  };
}

function partner(at: Times): Body {
  return {
    referralKind: 'partnerReferral',
    legalBasis: { instrument: 'thirdCountryLaw' },
    abuseTypes: ['newMaterial'],
    occurredFrom: at(300),
    urgency: { claimed: false },
    awareness: { manner: 'other', humanReview: 'unknown' },
    persons: [
      {
        personId: 'p1',
        role: 'reportedUser',
        mayBeChild: 'unknown',
        identifiers: [{ type: 'profileUrl', value: 'https://social.example/u/river', verified: 'unknown' }],
        places: [{ kind: 'providerEstimate', country: 'PT', verified: 'no' }],
      },
    ],
  };
}

/** Makes a referral that is ready to be submitted, fresh in reference and times; nobody's real data is in it. */
export function createExample(kind: ExampleKind, { participantId, nowMs, id }: ExampleContext): Referral {
  const at: Times = (minutesAgo) => new Date(nowMs - minutesAgo * minuteMs).toISOString();
  const bodies: Readonly<Record<ExampleKind, () => Body>> = {
    material: () => material(at, new Date(nowMs + halfYearMs).toISOString()),
    solicitation: () => solicitation(at),
    url: () => url(at),
    partner: () => partner(at),
  };
  return {
    schemaVersion: '1.0',
    providerReference: `EXAMPLE-${id}`,
    issuedAt: at(0),
    reporter: { participantId },
    ...bodies[kind](),
  };
}
