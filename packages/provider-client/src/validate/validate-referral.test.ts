import type { Referral } from '@liaison/contracts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readExample, readValidExamples } from '../../fixtures/read-examples.ts';
import { tidyReferral } from './tidy-referral.ts';
import { validateReferral, type ReferralReview } from './validate-referral.ts';

const nowMs = Date.parse('2026-11-22T00:00:00Z');
const referral = readExample('provider-report');
const review = (value: unknown): ReferralReview => validateReferral(value, { nowMs });

function faultsOf(value: unknown): readonly string[] {
  const found = review(value);
  return found.ok ? [] : found.faults.map(({ stage, pointer, code }) => `${stage} ${pointer} ${code}`);
}

describe('a referral that the hub would accept', () => {
  test.each(readValidExamples())('%s has no fault', (_, value) => {
    expect(review(value)).toMatchObject({ ok: true, reference: value.providerReference });
  });

  test('is also checked for its sender, where that is known', () => {
    const hotline = { participantId: 'example-hotline', kind: 'hotline' } as const;
    const found = validateReferral(referral, { nowMs, signer: hotline });
    expect(found).toMatchObject({ ok: false, problem: 'schema-invalid' });
    expect(found.ok ? [] : found.faults.map(({ code }) => code)).toEqual([
      'reporter-not-signer',
      'kind-not-for-sender',
    ]);
  });
});

describe('a referral that the hub would refuse', () => {
  test('shows the faults of every stage at once, in the order of the hub', () => {
    const note = { text: 'see https://files.example/a.jpg', language: 'en' };
    expect(faultsOf({ ...referral, note, occurredFrom: '2027-01-01T00:00:00Z' })).toEqual([
      'rules /occurredFrom time-in-future',
      'rules /occurredTo time-order-wrong',
      'guard /note/text guard-url',
    ]);
  });

  test('is answered with the problem of the first stage that fails', () => {
    const note = { text: 'see https://files.example/a.jpg', language: 'en' };
    expect(review({ ...referral, note })).toMatchObject({
      ok: false,
      problem: 'guard-refused',
      unjudged: [],
    });
    expect(review({ ...referral, note, issuedAt: 1 })).toMatchObject({ problem: 'schema-invalid' });
  });

  test('says that its rules cannot be judged while its schema is broken', () => {
    const found = review({ ...referral, urgency: undefined });
    expect(found).toMatchObject({ ok: false, problem: 'schema-invalid', unjudged: ['rules'] });
  });

  test('for a member that nobody knows is told so once', () => {
    expect(faultsOf({ ...referral, score: 0.9 })).toEqual(['schema /score member-unknown']);
  });

  test.each([
    ['a header member in it', { ...referral, iss: 'x' }, 'jws-malformed', 'header-member-repeated'],
    [
      'more bytes than allowed',
      { ...referral, x: 'y'.repeat(131_000) },
      'payload-too-large',
      'payload-too-large',
    ],
    ['more than a JWS may hold', { x: 'y'.repeat(200_000) }, 'body-too-large', 'message-too-large'],
    ['half a surrogate pair', { ...referral, x: '\uD800' }, 'jws-malformed', 'json-surrogate-lone'],
    [
      'a number that no double holds',
      { ...referral, x: 2 ** 53 },
      'jws-malformed',
      'json-number-out-of-range',
    ],
    ['a list in its place', [referral], 'jws-malformed', 'json-not-object'],
    ['nothing in its place', undefined, 'jws-malformed', 'part-empty'],
    ['what has no JSON form', { x: 1n }, 'jws-malformed', 'part-empty'],
  ])('for %s is stopped at the gate', (_what, value, problem, code) => {
    const found = review(value);
    expect(found).toMatchObject({ ok: false, problem, faults: [{ stage: 'form', pointer: '', code }] });
    expect(found.ok ? [] : found.unjudged).toEqual(['schema', 'rules', 'guard']);
  });

  test('has a reference only where it may be one', () => {
    expect(review({ providerReference: 'CASE-1' }).reference).toBe('CASE-1');
    expect(review({ providerReference: 'a b' }).reference).toBeNull();
  });

  test('never throws, whatever it is', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(review(value).ok).toBe(false);
      }),
      { numRuns: 200 },
    );
  });
});

describe('tidying before signing', () => {
  const withUrl = (value: string): unknown => ({
    persons: [
      {
        identifiers: [
          { type: 'email', value: 'a@b.example?c' },
          { type: 'profileUrl', value },
        ],
      },
    ],
  });

  test('leaves out query and fragment of a profile address, and says so', () => {
    expect(tidyReferral(withUrl('https://s.example/u/1?a=1#b'))).toEqual({
      referral: withUrl('https://s.example/u/1'),
      warnings: [{ pointer: '/persons/0/identifiers/1/value', code: 'profile-url-shortened' }],
    });
  });

  test('changes nothing else, and never the value given', () => {
    for (const [, value] of readValidExamples()) {
      const before = structuredClone(value);
      expect(tidyReferral(value)).toEqual({ referral: before, warnings: [] });
    }
    const given = withUrl('https://s.example/u/1?a=1');
    tidyReferral(given);
    expect(given).toEqual(withUrl('https://s.example/u/1?a=1'));
  });

  test('done twice is the same as done once', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
        const once = tidyReferral(withUrl(url)).referral;
        expect(tidyReferral(once)).toEqual({ referral: once, warnings: [] });
      }),
    );
  });

  test('takes any value', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(tidyReferral(value).warnings).toEqual([]);
      }),
    );
  });
});

describe('warnings', () => {
  const [item] = referral.items ?? [];
  const [person] = referral.persons ?? [];
  const [event] = referral.networkEvents ?? [];
  if (item === undefined || person === undefined || event === undefined)
    throw new Error('the example is poor');

  const warningsOf = (changes: object): readonly string[] => {
    const changed = Object.entries({ ...referral, ...changes }).filter(([, value]) => value !== undefined);
    const found = review(Object.fromEntries(changed));
    expect(found.ok).toBe(true);
    return found.warnings.map(({ pointer, code }) => `${pointer} ${code}`);
  };
  const port = '/networkEvents/1/port port-missing';

  test.each<readonly [string, Partial<Record<keyof Referral, unknown>>, readonly string[]]>([
    ['no network event', { networkEvents: undefined }, ['/networkEvents network-event-missing']],
    ['no port', { networkEvents: [event] }, []],
    [
      'no time',
      { occurredFrom: undefined, occurredTo: undefined },
      [port, '/occurredFrom occurrence-time-missing'],
    ],
    [
      'no item',
      { items: undefined, networkEvents: [{ ...event, itemIds: undefined }] },
      ['/items item-missing'],
    ],
    [
      'evidence kept for too long after the report',
      { items: [{ ...item, removal: undefined, preservedUntil: '2027-11-20T09:15:01Z' }] },
      ['/items/0/preservedUntil preservation-over-twelve-months', port],
    ],
    [
      'evidence kept for twelve months after the report',
      { items: [{ ...item, removal: undefined, preservedUntil: '2027-11-20T09:15:00Z' }] },
      [port],
    ],
    [
      'evidence kept for too long after the removal, which came first',
      { items: [{ ...item, preservedUntil: '2027-11-20T00:00:00Z' }] },
      ['/items/0/preservedUntil preservation-over-twelve-months', port],
    ],
    [
      'evidence kept for too long after it was disabled',
      {
        items: [
          {
            ...item,
            removal: { status: 'disabled', at: '2026-11-19T21:10:00+01:00' },
            preservedUntil: '2027-11-20T00:00:00Z',
          },
        ],
      },
      ['/items/0/preservedUntil preservation-over-twelve-months', port],
    ],
    [
      'evidence kept for long, and never removed',
      {
        items: [
          {
            ...item,
            removal: { status: 'notRemoved', at: '2026-11-19T21:10:00+01:00' },
            preservedUntil: '2027-11-20T00:00:00Z',
          },
        ],
      },
      [port],
    ],
    [
      'evidence that is gone',
      { items: [{ ...item, preservedUntil: '2026-11-21T00:00:00Z' }] },
      ['/items/0/preservedUntil preservation-ended', port],
    ],
    [
      'evidence without a term',
      { items: [{ ...item, preservedUntil: undefined }] },
      ['/items/0/preservedUntil preservation-missing', port],
    ],
    [
      'urgency without a ground',
      { urgency: { claimed: true } },
      ['/urgency/grounds urgency-grounds-missing', port],
    ],
    [
      'nobody',
      { persons: undefined, networkEvents: [{ ...event, personId: undefined }] },
      ['/persons person-missing'],
    ],
    [
      'a user without an identifier',
      { persons: [{ ...person, identifiers: undefined }] },
      ['/persons/0/identifiers identifier-missing', port],
    ],
    [
      'a victim of whom nothing is said',
      { persons: [person, { personId: 'p2', role: 'personAppearingToBeVictim', mayBeChild: 'yes' }] },
      ['/persons/1 victim-empty', port],
    ],
    [
      'no sign of a country',
      { networkEvents: undefined, persons: [{ personId: 'p1', role: 'unclear', mayBeChild: 'unknown' }] },
      ['/networkEvents network-event-missing', ' country-unknown'],
    ],
  ])('are given for %s', (_what, changes, expected) => {
    expect(warningsOf(changes)).toEqual(expected);
  });

  test('are given for an item of a hotline without a reference, and a host without a country', () => {
    const hotline = readExample('hotline-url');
    const urls = [
      { url: 'https://a.example/', checkedAt: '2026-11-20T10:41:00+02:00', hostingBasis: 'unknown' },
    ];
    const items = [{ itemId: 'i1', mediaType: 'image', preservedUntil: '2027-01-01T00:00:00Z' }];
    expect(review({ ...hotline, urls, items }).warnings).toEqual([
      { pointer: '/items/0/evidenceReference', code: 'evidence-reference-missing' },
      { pointer: '/urls/0/hostingCountry', code: 'hosting-country-missing' },
    ]);
  });

  test('are not given for a withdrawal', () => {
    expect(review(readExample('withdrawal')).warnings).toEqual([]);
  });
});
