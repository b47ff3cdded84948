import type { Referral } from '@liaison/contracts';
import { createAddressOverlay } from '@liaison/testkit';
import type { WantedValues } from './byte-search.ts';

/** A referral in which every personal member that can hold one has a value that nothing else has. */
export interface PlantedReferral {
  readonly senderId: string;
  readonly referral: Referral;
  /** By member. */
  readonly values: WantedValues;
}

function belgianAddress(host: string): string {
  const block = Object.entries(createAddressOverlay()).find(
    ([block, country]) => country === 'BE' && block.includes(':'),
  )?.[0];
  return `${block?.split('::')[0] ?? ''}:${host}`;
}

const hourMs = 3_600_000;
const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

const providerValues = {
  legalReference: 'Plan vellumbrook',
  serviceName: 'Hollowferry Chat',
  serviceUrl: 'https://tansyquarry.example',
  statement: 'A meeting near Gorsewhistle was announced.',
  evidenceReference: 'vault:osprey-thimblewick',
  digest: '7c3b91e4d05a62f81b7e90c4a3d2f61589e0b7c4d3a2918f60e5d4c3b2a19087',
  username: 'marrowquill_77',
  userId: 'u-bracketfern-5512',
  email: 'copperlark.fen@mail.example',
  phone: '+32491573948',
  profileUrl: 'https://social.example/u/dunlinharrow',
  declaredName: 'Wendel Sorrelgate',
  postalCode: 'QZ74 XW9KVB',
  timeZone: 'Europe/Thistlewick',
  createdAt: '2025-03-01T07:58:13.573919283Z',
  ipAddress: belgianAddress('91e4:5b2d:e6f3:7a51:c0de'),
  latitude: '50.84738291',
  longitude: '4.351728463',
  authorityName: 'Larkspur Clearing House',
  authorityReference: 'ref-teaselmoor-31',
  link: 'CASE-harebellcove',
  note: 'The account speaks of junipermarsh twice.',
} as const;

const hotlineValues = {
  pageUrl: 'https://gallery.example/a/fennelcrag-17',
  hostAddress: belgianAddress('5b2d:e6f3:7a51:c0de:4e91'),
  hotlineNote: 'Found by a visitor of sedgehollow.',
} as const;

function providerReport(reference: string): Referral {
  const value = providerValues;
  const at = minutesAgo(60);
  return {
    schemaVersion: '1.0',
    referralKind: 'providerReport',
    providerReference: reference,
    issuedAt: minutesAgo(0),
    legalBasis: { instrument: 'nationalLaw', reference: value.legalReference },
    reporter: { participantId: 'example-chat' },
    service: {
      types: ['interpersonalCommunications'],
      name: value.serviceName,
      url: value.serviceUrl,
    },
    abuseTypes: ['solicitation'],
    circumstances: ['meetingPlanned'],
    urgency: {
      claimed: true,
      grounds: ['imminentMeeting'],
      statement: { text: value.statement, language: 'en' },
    },
    awareness: { manner: 'userFlag', methods: ['person'], humanReview: 'metadataOnly' },
    items: [
      {
        itemId: 'i1',
        mediaType: 'image',
        evidenceReference: value.evidenceReference,
        digests: [{ algorithm: 'sha256', value: value.digest }],
        preservedUntil: new Date(Date.now() + 1000 * hourMs).toISOString(),
      },
    ],
    persons: [
      {
        personId: 'p1',
        role: 'reportedUser',
        mayBeChild: 'no',
        identifiers: [
          { type: 'username', value: value.username, verified: 'no' },
          { type: 'userId', value: value.userId, verified: 'no' },
          { type: 'email', value: value.email, verified: 'no' },
          { type: 'phone', value: value.phone, verified: 'no' },
          { type: 'profileUrl', value: value.profileUrl, verified: 'no' },
          { type: 'declaredName', value: value.declaredName, verified: 'no' },
        ],
        places: [{ kind: 'billing', country: 'BE', postalCode: value.postalCode, verified: 'yes' }],
        languages: ['nl'],
        timeZone: value.timeZone,
        createdAt: value.createdAt,
      },
    ],
    networkEvents: [
      { event: 'send', ipAddress: value.ipAddress, occurredAt: at, port: 40_112, personId: 'p1' },
    ],
    positions: [
      {
        source: 'device',
        country: 'BE',
        lat: Number(value.latitude),
        lon: Number(value.longitude),
        at,
        personId: 'p1',
      },
    ],
    authoritiesInformed: [
      {
        kind: 'thirdCountry',
        country: 'US',
        name: value.authorityName,
        reference: value.authorityReference,
        state: 'reported',
        at,
      },
    ],
    links: [{ relation: 'sameAccount', namespace: 'own', value: value.link }],
    note: { text: value.note, language: 'en' },
  };
}

function hotlineReferral(reference: string): Referral {
  return {
    schemaVersion: '1.0',
    referralKind: 'hotlineReferral',
    providerReference: reference,
    issuedAt: minutesAgo(0),
    legalBasis: { instrument: 'hotlineMandate' },
    reporter: { participantId: 'example-hotline' },
    abuseTypes: ['notDetermined'],
    urgency: { claimed: false },
    awareness: { manner: 'userFlag', humanReview: 'contentViewed' },
    urls: [
      {
        url: hotlineValues.pageUrl,
        checkedAt: minutesAgo(20),
        hostingBasis: 'hotlineTrace',
        ipAddress: hotlineValues.hostAddress,
        hostingCountry: 'BE',
        state: 'online',
      },
    ],
    note: { text: hotlineValues.hotlineNote, language: 'en' },
  };
}

/** A provider's report and a hotline's referral for Belgium, full of planted values. */
export function plantedReferrals(prefix: string): readonly [PlantedReferral, PlantedReferral] {
  return [
    { senderId: 'example-chat', referral: providerReport(`${prefix}-1`), values: providerValues },
    { senderId: 'example-hotline', referral: hotlineReferral(`${prefix}-2`), values: hotlineValues },
  ];
}
