/** Members of a referral that together carry a text. */
export interface Carrier {
  /** How many pieces it takes at most, and how many characters each. */
  readonly most: number;
  readonly size: number;
  /** Top-level members of a referral that hold the pieces. */
  readonly hold: (pieces: readonly string[]) => Readonly<Record<string, unknown>>;
  /** JSON Pointer of each piece. */
  readonly pointerOf: (index: number) => string;
  /** What a reader takes from the value of each member: the first group; the whole value where absent. */
  readonly take?: string;
}

const time = '2026-11-19T21:40:00Z';

function personsOf(identifiers: readonly { readonly type: string; readonly value: string }[]): unknown {
  const persons = Math.ceil(identifiers.length / 20);
  return Array.from({ length: persons }, (_, person) => ({
    personId: `p${person + 1}`,
    role: 'otherInvolved',
    mayBeChild: 'no',
    identifiers: identifiers
      .slice(person * 20, person * 20 + 20)
      .map((entry) => ({ ...entry, verified: 'no' })),
  }));
}

function identifiers(type: string, size: number, form = '%'): Carrier {
  const [before = '', after = ''] = form.split('%', 2);
  const quoted = (text: string): string => text.replaceAll(/[.+?/]/g, '\\$&');
  return {
    most: 600,
    size,
    hold: (pieces) => ({
      persons: personsOf(pieces.map((piece) => ({ type, value: before + piece + after }))),
    }),
    pointerOf: (index) => `/persons/${Math.floor(index / 20)}/identifiers/${index % 20}/value`,
    ...(form === '%' ? {} : { take: `^${quoted(before)}(.*)${quoted(after)}$` }),
  };
}

/** Each piece behind an e-mail address of the same person: a reader takes every second identifier. */
const userIdsAmongEmails: Carrier = {
  most: 10,
  size: 254,
  hold: (pieces) => ({
    persons: personsOf(
      pieces.flatMap((value, index) => [
        { type: 'email', value: `quiet.river+${index}@mail.example` },
        { type: 'userId', value },
      ]),
    ),
  }),
  pointerOf: (index) => `/persons/0/identifiers/${2 * index + 1}/value`,
};

function items(
  member: (piece: string) => Readonly<Record<string, unknown>>,
  at: string,
  size: number,
): Carrier {
  return {
    most: 100,
    size,
    hold: (pieces) => ({
      items: pieces.map((piece, index) => ({
        itemId: `i${index + 1}`,
        mediaType: 'other',
        evidenceReference: 'ev-1',
        ...member(piece),
      })),
    }),
    pointerOf: (index) => `/items/${index}${at}`,
  };
}

function events(
  member: (piece: string) => Readonly<Record<string, unknown>>,
  at: string,
  take?: string,
): Carrier {
  return {
    most: 50,
    size: 64,
    hold: (pieces) => ({
      networkEvents: pieces.map((piece) => ({
        event: 'login',
        ipAddress: '192.0.2.17',
        occurredAt: time,
        ...member(piece),
      })),
    }),
    pointerOf: (index) => `/networkEvents/${index}${at}`,
    ...(take === undefined ? {} : { take }),
  };
}

function urls(form: string): Carrier {
  const [before = '', after = ''] = form.split('%', 2);
  return {
    most: 25,
    size: 2048 - form.length,
    hold: (pieces) => ({
      referralKind: 'hotlineReferral',
      reporter: { participantId: 'example-hotline' },
      service: null,
      urls: pieces.map((piece) => ({
        url: before + piece + after,
        checkedAt: time,
        hostingBasis: 'unknown',
      })),
    }),
    pointerOf: (index) => `/urls/${index}/url`,
    take: `^${before.replaceAll(/[.+?/]/g, '\\$&')}(.*)${after.replaceAll(/[.+?/]/g, '\\$&')}$`,
  };
}

function one(size: number, at: string, hold: (piece: string) => Readonly<Record<string, unknown>>): Carrier {
  return { most: 1, size, hold: ([piece = '']) => hold(piece), pointerOf: () => at };
}

const urgent = (text: string): unknown => ({
  claimed: true,
  grounds: ['other'],
  statement: { text, language: 'en' },
});

function places(size: number): Carrier {
  return {
    most: 8,
    size,
    hold: (pieces) => ({
      persons: [
        {
          personId: 'p1',
          role: 'otherInvolved',
          mayBeChild: 'no',
          places: pieces.map((postalCode) => ({
            kind: 'billing',
            country: 'IE',
            postalCode,
            verified: 'no',
          })),
        },
      ],
    }),
    pointerOf: (index) => `/persons/0/places/${index}/postalCode`,
  };
}

function authorities(member: string, size: number): Carrier {
  return {
    most: 10,
    size,
    hold: (pieces) => ({
      authoritiesInformed: pieces.map((piece) => ({
        kind: 'memberState',
        country: 'IE',
        state: 'reported',
        [member]: piece,
      })),
    }),
    pointerOf: (index) => `/authoritiesInformed/${index}/${member}`,
  };
}

/** Words in three members of different kinds, read one after the other. */
const threeTexts: Carrier = {
  most: 3,
  size: 500,
  hold: ([first = '', second = '', third]) => ({
    urgency: urgent(first),
    note: { text: second, language: 'en' },
    ...(third === undefined
      ? {}
      : { authoritiesInformed: [{ kind: 'europol', state: 'reported', name: third }] }),
  }),
  pointerOf: (index) => ['/urgency/statement/text', '/note/text', '/authoritiesInformed/0/name'][index] ?? '',
};

/** Every way in which the attempts of the corpus lay text into members. */
export const carriers: Readonly<Record<string, Carrier>> = {
  note: one(1000, '/note/text', (text) => ({ note: { text, language: 'en' } })),
  statement: one(500, '/urgency/statement/text', (text) => ({ urgency: urgent(text) })),
  serviceName: one(100, '/service/name', (name) => ({ service: { types: ['hosting'], name } })),
  legalReference: one(100, '/legalBasis/reference', (reference) => ({
    legalBasis: { instrument: 'nationalLaw', reference },
  })),
  authorityNames: authorities('name', 120),
  authorityReferences: authorities('reference', 64),
  declaredNames: identifiers('declaredName', 254),
  threeTexts,
  usernames: identifiers('username', 254),
  userIds: identifiers('userId', 254),
  userIdsAmongEmails,
  emails: identifiers('email', 64, '%@mail.example'),
  plusAddresses: identifiers('email', 50, 'river+%@mail.example'),
  phones: identifiers('phone', 12, '+49%'),
  profileUrls: identifiers('profileUrl', 200, 'https://chat.example/%'),
  evidenceReferences: items((evidenceReference) => ({ evidenceReference }), '/evidenceReference', 128),
  vaultReferences: {
    ...items((piece) => ({ evidenceReference: `v${piece}` }), '/evidenceReference', 127),
    take: '^v(.*)$',
  },
  digests: items(
    (value) => ({ digests: [{ algorithm: 'sha256', value: value.padEnd(64, '0') }] }),
    '/digests/0/value',
    64,
  ),
  md5s: items(
    (value) => ({ digests: [{ algorithm: 'md5', value: value.padEnd(32, '0') }] }),
    '/digests/0/value',
    32,
  ),
  counts: items((piece) => ({ count: Number(piece) }), '/count', 5),
  providerReference: one(128, '/providerReference', (providerReference) => ({ providerReference })),
  links: {
    most: 20,
    size: 64,
    hold: (pieces) => ({ links: pieces.map((value) => ({ relation: 'prior', namespace: 'own', value })) }),
    pointerOf: (index) => `/links/${index}/value`,
  },
  postalCodes: places(12),
  languages: {
    most: 3,
    size: 24,
    hold: (pieces) => ({
      persons: [
        {
          personId: 'p1',
          role: 'otherInvolved',
          mayBeChild: 'no',
          languages: pieces.map((piece) => `en-x-${piece}`),
        },
      ],
    }),
    pointerOf: (index) => `/persons/0/languages/${index}`,
    take: '^en-x-(.*)$',
  },
  timeZone: {
    ...one(50, '/persons/0/timeZone', (piece) => ({
      persons: [{ personId: 'p1', role: 'otherInvolved', mayBeChild: 'no', timeZone: `Etc/${piece}` }],
    })),
    take: '^Etc/(.*)$',
  },
  addresses: events((ipAddress) => ({ ipAddress }), '/ipAddress'),
  hostParts: events((piece) => ({ ipAddress: `2001:db8:0:1:${piece}` }), '/ipAddress', '^2001:db8:0:1:(.*)$'),
  lastParts: events(
    (piece) => ({ ipAddress: `2001:db8:0:1:2:3:${piece}` }),
    '/ipAddress',
    '^2001:db8:0:1:2:3:(.*)$',
  ),
  lastOctets: events((piece) => ({ ipAddress: `203.0.113.${piece}` }), '/ipAddress', '^203.0.113.(.*)$'),
  ports: events((piece) => ({ port: Number(piece) }), '/port'),
  fractions: events(
    (piece) => ({ occurredAt: `2026-11-19T21:40:00.${piece}Z` }),
    '/occurredAt',
    '\\.(\\d+)Z',
  ),
  asns: {
    most: 25,
    size: 10,
    hold: (pieces) => ({
      referralKind: 'hotlineReferral',
      reporter: { participantId: 'example-hotline' },
      service: null,
      urls: pieces.map((piece, index) => ({
        url: `https://gallery.example/${index}`,
        checkedAt: time,
        hostingBasis: 'unknown',
        asn: Number(piece),
      })),
    }),
    pointerOf: (index) => `/urls/${index}/asn`,
  },
  latitudes: {
    most: 10,
    size: 12,
    hold: (pieces) => ({
      urgency: { claimed: true, grounds: ['other'] },
      positions: pieces.map((piece) => ({
        source: 'device',
        country: 'IE',
        lat: Number(`53.${piece}7`),
        lon: -6.2,
      })),
    }),
    pointerOf: (index) => `/positions/${index}/lat`,
    take: '^53\\.(\\d+)7$',
  },
  urlPaths: urls('https://gallery.example/%'),
  urlQueries: urls('https://gallery.example/view?id=%'),
  urlFragments: urls('https://gallery.example/#%'),
  urlFiles: urls('https://gallery.example/img/%.html'),
  urlHosts: urls('https://%.gallery.example/'),
};
