import { limits, type Referral } from '@liaison/contracts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestWorld, type TestWorld } from '../../fixtures/create-test-client.ts';
import { readExample } from '../../fixtures/read-examples.ts';
import { createProblem } from '../http/problem.ts';

const referral = readExample('provider-report');
let world: TestWorld;

beforeEach(async () => {
  world = await createTestWorld();
});
afterEach(async () => {
  await world.close();
});

function many(count: number): Referral[] {
  return Array.from({ length: count }, (_, index) => ({ ...referral, providerReference: `BATCH-${index}` }));
}

const batches = (): string[][] =>
  world.hub.seen
    .filter(({ url }) => url === '/v1/referrals/_batch')
    .map(({ body }) => (JSON.parse(body) as { referrals: string[] }).referrals);

test('each of a batch is accepted or refused by itself, in the order given', async () => {
  const [first, second, third] = many(3);
  const invalid = { ...referral, providerReference: 'no spaces' };
  const conflicting = { ...referral, providerReference: 'BATCH-0', abuseTypes: ['newMaterial'] } as const;
  const given = [first, invalid, second, conflicting, third].filter((one) => one !== undefined);
  const results = await world.client.submitBatch(given);
  expect(results.map(({ kind, reference }) => [kind, reference])).toEqual([
    ['accepted', 'BATCH-0'],
    ['refused', null],
    ['accepted', 'BATCH-1'],
    ['refused', 'BATCH-0'],
    ['accepted', 'BATCH-2'],
  ]);
  expect(results[1]).toMatchObject({ by: 'client' });
  expect(results[3]).toMatchObject({ by: 'hub', problem: { code: 'reference-reused' } });
});

test('more than the hub takes at once go in several batches', async () => {
  const results = await world.client.submitBatch(many(205));
  expect(results).toHaveLength(205);
  expect(new Set(results.map(({ kind }) => kind))).toEqual(new Set(['accepted']));
  expect(batches().map(({ length }) => length)).toEqual([100, 100, 5]);
});

test('large referrals go in batches that stay below the limit of bytes', async () => {
  const events = Array.from({ length: 50 }, () => ({
    event: 'upload' as const,
    ipAddress: '192.0.2.17',
    occurredAt: '2026-11-19T21:04:11+01:00',
  }));
  const digests = [{ algorithm: 'sha256' as const, value: 'a'.repeat(64) }];
  const items = Array.from({ length: 100 }, (_, index) => ({
    itemId: `i${index}`,
    mediaType: 'image' as const,
    evidenceReference: 'r'.repeat(128),
    digests,
  }));
  const large = many(100).map((one) => ({ ...one, items, networkEvents: events }));
  const results = await world.client.submitBatch(large);
  expect(results.every(({ kind }) => kind === 'accepted')).toBe(true);
  expect(batches().length).toBeGreaterThan(1);
  for (const { body } of world.hub.seen) expect(body.length).toBeLessThanOrEqual(limits.batchBodyBytes);
});

test('only what is not decided is sent again', async () => {
  const { hub, client } = world;
  await client.submitBatch(many(1));
  const entries = ['BATCH-0', 'BATCH-1'].map(() => ({
    status: 429,
    problem: createProblem('rate-exceeded', []),
  }));
  const [decided] = await client.submitBatch(many(1));
  if (decided?.kind !== 'acceptedBefore') throw new Error('not accepted before');
  const submission = { referralId: decided.referralId, receipt: decided.receipt.jws };
  const body = JSON.stringify({ results: [{ status: 200, submission }, ...entries] });
  hub.seen.splice(0);
  hub.mishaps.push({ path: '/v1/referrals/_batch', mishap: { kind: 'answer', status: 200, body } });
  const results = await client.submitBatch(many(3));
  expect(results.map(({ kind }) => kind)).toEqual(['acceptedBefore', 'accepted', 'accepted']);
  const [sent = [], again = []] = batches();
  expect(again).toEqual(sent.slice(1));
});

test('a batch whose answer was lost is sent again as a whole', async () => {
  world.hub.mishaps.push({ path: '/v1/referrals/_batch', mishap: { kind: 'cut', work: 'done' } });
  const results = await world.client.submitBatch(many(3));
  expect(results.map(({ kind }) => kind)).toEqual(['acceptedBefore', 'acceptedBefore', 'acceptedBefore']);
  expect(batches()[1]).toEqual(batches()[0]);
});

test.each([
  ['fewer results than referrals', { results: [] }],
  ['a result without a status', { results: [{}, {}] }],
  ['no results', {}],
])('an answer with %s is not taken for a hub', async (_what, value) => {
  const mishap = { kind: 'answer', status: 200, body: JSON.stringify(value) } as const;
  world.hub.mishaps.push({ path: '/v1/referrals/_batch', mishap });
  await expect(world.client.submitBatch(many(2))).rejects.toMatchObject({ code: 'answer-not-understood' });
});

test('nothing to submit is nothing sent', async () => {
  expect(await world.client.submitBatch([])).toEqual([]);
  expect(world.hub.seen).toEqual([]);
});
