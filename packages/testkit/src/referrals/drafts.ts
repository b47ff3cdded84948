import type { Country, MemberState, Referral } from '@liaison/contracts';
import {
  ago,
  drawEvent,
  drawIdentifiers,
  drawItem,
  type Draw,
  type NetworkEvent,
  type Person,
} from './parts.ts';
import { notes } from './texts.ts';

const minuteMs = 60_000;

/** What every referral of a sender has. */
export function drawBase(draw: Draw, senderId: string, reference: string): Referral {
  const { random } = draw;
  const urgent = random.chance(0.02);
  return {
    schemaVersion: '1.0',
    referralKind: 'providerReport',
    providerReference: reference,
    issuedAt: ago(draw, random.int(0, 3) * minuteMs),
    legalBasis: { instrument: random.pick(['csaProposal2022', 'voluntary', 'nationalLaw']) },
    reporter: { participantId: senderId },
    service: {
      types: random.chance(0.5) ? ['interpersonalCommunications'] : ['hosting'],
      name: 'Example service',
    },
    abuseTypes: [random.pick(['knownMaterial', 'knownMaterial', 'newMaterial', 'solicitation'])],
    urgency: urgent
      ? {
          claimed: true,
          grounds: ['ongoingAbuse'],
          statement: { text: 'The contact goes on.', language: 'en' },
        }
      : { claimed: false },
    awareness: {
      manner: random.pick(['ownMotion', 'userFlag', 'hotlineOrTrustedFlagger']),
      methods: [random.pick(['exactHash', 'perceptualHash', 'person'])],
      humanReview: random.pick(['none', 'metadataOnly', 'contentViewed']),
    },
    ...(random.chance(0.3) ? { note: random.pick(notes) } : {}),
  };
}

function drawItems(draw: Draw): NonNullable<Referral['items']> {
  return Array.from({ length: draw.random.int(1, 5) }, (_, index) => drawItem(draw, index + 1));
}

function drawReportedUser(draw: Draw, country: Country | null): Person {
  const { random } = draw;
  const places =
    country === null || random.chance(0.5) ? [] : [{ kind: 'billing', country, verified: 'yes' } as const];
  return {
    personId: 'p1',
    role: 'reportedUser',
    mayBeChild: 'unknown',
    identifiers: drawIdentifiers(draw, country),
    ...(places.length > 0 ? { places } : {}),
    createdAt: ago(draw, random.int(1, 900) * 24 * 60 * minuteMs),
    accountAction: { status: random.pick(['suspended', 'terminated', 'restricted']) },
  };
}

/** The reported user uploads from one country. */
export function draftOneCountry(draw: Draw, base: Referral, country: Country): Referral {
  const { random } = draw;
  const logins = Array.from({ length: random.int(0, 4) }, () =>
    drawEvent(draw, country, {
      event: 'login',
      personId: 'p1',
      network: random.pick(['mobile', 'residential']),
    }),
  );
  return {
    ...base,
    items: drawItems(draw),
    persons: [drawReportedUser(draw, country)],
    networkEvents: [
      drawEvent(draw, country, { event: 'upload', personId: 'p1', itemIds: ['i1'] }),
      ...logins,
    ],
  };
}

/** The reported user sends from one state to children in others. */
export function draftSeveralStates(draw: Draw, base: Referral, states: readonly MemberState[]): Referral {
  const [first = 'BE', ...others] = states;
  const victims = others.map((state, index): { person: Person; event: NetworkEvent } => {
    const personId = `p${index + 2}`;
    return {
      person: {
        personId,
        role: 'personAppearingToBeVictim',
        mayBeChild: 'yes',
        ageBand: draw.random.pick(['10to12', '13to15', 'unknown']),
        identifiers: drawIdentifiers(draw, null).filter(({ type }) => type === 'username'),
      },
      event: drawEvent(draw, state, { event: 'login', personId }),
    };
  });
  return {
    ...base,
    abuseTypes: ['solicitation'],
    circumstances: ['ongoingContact'],
    persons: [drawReportedUser(draw, first), ...victims.map(({ person }) => person)],
    networkEvents: [
      drawEvent(draw, first, { event: 'send', personId: 'p1' }),
      ...victims.map(({ event }) => event),
    ],
  };
}

/** Only an anonymising network was seen: its country says nothing. */
export function draftBehindVpn(draw: Draw, base: Referral, exit: Country): Referral {
  return {
    ...base,
    items: drawItems(draw),
    persons: [drawReportedUser(draw, null)],
    networkEvents: [drawEvent(draw, exit, { event: 'upload', personId: 'p1', network: 'vpnOrProxy' })],
  };
}

/** An account and its items, and nothing that points to a place. */
export function draftWithoutPlace(draw: Draw, base: Referral): Referral {
  return { ...base, items: drawItems(draw), persons: [drawReportedUser(draw, null)] };
}

/** A hotline's addresses, traced to a host. */
export function draftHotline(draw: Draw, base: Referral, hostingCountry: Country): Referral {
  const { service: _none, ...rest } = base;
  const count = draw.random.int(1, 4);
  return {
    ...rest,
    referralKind: 'hotlineReferral',
    legalBasis: { instrument: 'hotlineMandate' },
    abuseTypes: ['newMaterial'],
    urls: Array.from({ length: count }, () => ({
      url: `https://gallery.example/${draw.random.hex(8)}/${draw.random.int(1, 400)}`,
      checkedAt: ago(draw, draw.random.int(10, 300) * minuteMs),
      hostingBasis: 'hotlineTrace' as const,
      hostingCountry,
      cdnFronted: 'no' as const,
      state: 'online' as const,
      assessment: 'baseline' as const,
    })),
  };
}

/** A partner centre's referral about a user in a Member State. */
export function draftPartner(draw: Draw, base: Referral, country: Country): Referral {
  const { service: _none, ...rest } = base;
  return {
    ...draftOneCountry(draw, rest, country),
    referralKind: 'partnerReferral',
    legalBasis: { instrument: 'thirdCountryLaw' },
    authoritiesInformed: [
      { kind: 'thirdCountry', country: 'US', state: 'reported', reference: draw.random.hex(10) },
    ],
  };
}
