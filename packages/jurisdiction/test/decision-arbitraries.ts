import type { Country } from '@liaison/contracts';
import fc from 'fast-check';
import type { DecisionCase } from './decision-case.ts';

/** A case without its label. */
export type Parts = Omit<DecisionCase, 'what' | 'expect'>;

export const country = fc.constantFrom<Country>(
  'DE',
  'FR',
  'IT',
  'EL',
  'UK',
  'US',
  'RE',
  'NC',
  'AW',
  'GL',
  'AX',
);
export const addresses = ['192.0.2.1', '192.0.2.2', '198.51.100.1', '203.0.113.1', '2001:db8::1'] as const;
export const time = fc.constantFrom(
  '2026-11-19T20:00:00+01:00',
  '2026-11-01T00:00:00Z',
  '2024-02-29T12:00:00.5-03:00',
);
const answer = fc.constantFrom('yes', 'no', 'unknown');
const optional = { requiredKeys: [] };

const facts = fc.record(
  Object.fromEntries(
    addresses.map((address) => [address, fc.tuple(fc.option(country, { freq: 4 }), fc.option(country))]),
  ),
);

export const event = fc
  .record({
    event: fc.constantFrom('upload', 'send', 'login', 'registration', 'payment', 'other'),
    ipAddress: fc.constantFrom(...addresses),
    occurredAt: time,
  })
  .chain((required) =>
    fc
      .record(
        {
          port: fc.integer({ min: 1, max: 65_535 }),
          personId: fc.constantFrom('p0', 'p1', 'p2'),
          network: fc.constantFrom(
            'residential',
            'mobile',
            'hosting',
            'vpnOrProxy',
            'tor',
            'countryRelay',
            'unknown',
          ),
        },
        optional,
      )
      .map((rest) => ({ ...required, ...rest })),
  );

const identifier = fc.oneof(
  fc.record({
    type: fc.constant('phone'),
    value: fc.constantFrom('+4915228817386', '+33639980001', '+35818123456', '+262692000001', '+8821612345'),
    verified: answer,
  }),
  fc.record({ type: fc.constant('username'), value: fc.constant('harbour.lights'), verified: answer }),
);

const place = fc.record(
  {
    kind: fc.constantFrom('declared', 'billing', 'numberCountry', 'accountRegion', 'providerEstimate'),
    country,
    verified: answer,
    at: time,
  },
  { requiredKeys: ['kind', 'country', 'verified'] },
);

/** Three persons, so that every event's person exists; what is known of each varies. */
const persons = fc
  .array(
    fc.record(
      {
        role: fc.constantFrom(
          'reportedUser',
          'personAppearingToBeVictim',
          'recipient',
          'otherInvolved',
          'unclear',
        ),
        identifiers: fc.array(identifier, { minLength: 1, maxLength: 3 }),
        places: fc.array(place, { minLength: 1, maxLength: 3 }),
      },
      { requiredKeys: ['role'] },
    ),
    { minLength: 3, maxLength: 3 },
  )
  .map((list) => list.map((person, index) => ({ personId: `p${index}`, mayBeChild: 'unknown', ...person })));

const position = fc.record(
  {
    source: fc.constantFrom('mediaMetadata', 'device', 'providerEstimate'),
    country,
    at: time,
    personId: fc.constantFrom('p0', 'p1', 'p2'),
  },
  { requiredKeys: ['source', 'country'] },
);

/** Referrals of three persons with events, places and positions in a handful of countries, under several policies. */
export const parts: fc.Arbitrary<Parts> = fc.record({
  referral: fc
    .record(
      {
        persons: fc.constant(null),
        networkEvents: fc.array(event, { minLength: 1, maxLength: 6 }),
        positions: fc.array(position, { minLength: 1, maxLength: 3 }),
        urgency: fc.boolean().map((claimed) => ({ claimed })),
        circumstances: fc.uniqueArray(fc.constantFrom('commercial', 'meetingPlanned', 'liveStreaming'), {
          minLength: 1,
        }),
        relation: fc
          .constantFrom('supplement', 'correction', 'withdrawal')
          .map((type) => ({ type, reference: '01936f2e-7c1a-7d3e-9b1a-5f0c2e8d4a71' })),
      },
      optional,
    )
    .chain((rest) => persons.map((list) => ({ ...rest, persons: list }))),
  facts,
  policy: fc.record({
    minimumCertainty: fc.constantFrom('low' as const, 'medium' as const, 'high' as const),
    leadOrder: fc.shuffledSubarray(['offence' as const, 'reportedUser' as const, 'victim' as const], {
      minLength: 3,
    }),
  }),
  prior: fc.record({
    states: fc.array(fc.constantFrom('FR' as const, 'PL' as const, 'SE' as const), { maxLength: 3 }),
  }),
});
