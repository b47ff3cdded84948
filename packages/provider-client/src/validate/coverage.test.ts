import type { Referral } from '@liaison/contracts';
import { expect, test } from 'vitest';
import { readExample, readValidExamples } from '../../fixtures/read-examples.ts';
import { createCoverageCounter, type FieldCoverage } from './coverage.ts';

const referral = readExample('provider-report');
const [event] = referral.networkEvents ?? [];
const [person] = referral.persons ?? [];

function coverageOf(field: string, ...referrals: readonly Referral[]): FieldCoverage | undefined {
  const counter = createCoverageCounter();
  for (const one of referrals) counter.add(one);
  return counter.fields().find((one) => one.field === field);
}

function withEvents(...changes: readonly object[]): Referral {
  if (event === undefined) throw new Error('the example has no event');
  const { port: _port, ...bare } = event;
  return { ...referral, networkEvents: changes.map((change) => ({ ...bare, ...change })) };
}

test('every entry of a list counts, over all referrals', () => {
  const two = withEvents({ port: 4000 }, {});
  const one = withEvents({});
  expect(coverageOf('/networkEvents/*/port', two, one)).toMatchObject({
    has: 1,
    of: 3,
    goodFor: ['attribution'],
  });
});

test('a field that would say nothing is not counted as missing', () => {
  expect(coverageOf('/networkEvents/*/port', withEvents({ ipAddress: '2001:db8::1' }))).toBeUndefined();
  const calm = { ...referral, urgency: { claimed: false } };
  expect(coverageOf('/urgency/grounds', calm)).toBeUndefined();
  expect(coverageOf('/urgency/grounds', { ...referral, urgency: { claimed: true } })).toMatchObject({
    has: 0,
    of: 1,
  });
});

test('the number that is missing is that of all fields, and one more with each taken out', () => {
  const counter = createCoverageCounter();
  const before = counter.add(withEvents({ port: 4000 }));
  expect(counter.add(withEvents({}))).toBe(before + 1);
  if (person === undefined) throw new Error('the example has no person');
  const { identifiers: _identifiers, ...nobody } = person;
  const changed = { ...withEvents({}), persons: [nobody, ...(referral.persons ?? []).slice(1)] };
  expect(counter.add(changed)).toBe(before + 2);
});

test('a withdrawal lacks nothing, and a hotline is not asked for accounts', () => {
  const counter = createCoverageCounter();
  const relation = { type: 'withdrawal', reference: '019a7c3e-5b00-7001-8000-000000000001' } as const;
  expect(counter.add({ ...referral, relation })).toBe(0);
  expect(counter.fields()).toEqual([]);
  const hotline = readValidExamples().find(([, { urls }]) => urls !== undefined)?.[1];
  if (hotline === undefined) throw new Error('no example has addresses');
  expect(coverageOf('/networkEvents', hotline)).toBeUndefined();
  expect(coverageOf('/urls/*/hostingCountry', hotline)).toBeDefined();
});
