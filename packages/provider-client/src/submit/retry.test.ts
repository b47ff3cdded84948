import { readJws } from '@liaison/seal';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTestWorld, type TestWorld } from '../../fixtures/create-test-client.ts';
import type { Mishap } from '../../fixtures/play-hub.ts';
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

const posts = (): string[] =>
  world.hub.seen.filter(({ method }) => method === 'POST').map(({ body }) => body);

function answer(status: 429 | 500 | 503, retryAfter?: string): Mishap {
  const code = { 429: 'rate-exceeded', 500: 'internal-error', 503: 'not-ready' } as const;
  const headers = retryAfter === undefined ? {} : { 'Retry-After': retryAfter };
  return { kind: 'answer', status, headers, body: JSON.stringify(createProblem(code[status], [])) };
}

function mishap(...coming: readonly Mishap[]): void {
  world.hub.mishaps.push(...coming.map((one) => ({ path: '/v1/referrals', mishap: one })));
}

function digestOf(jws: string | undefined): string {
  const read = readJws(jws ?? '', { typ: 'referral+jws', maxBytes: 180 * 1024 });
  return read.ok ? read.value.digest : read.fault.code;
}

describe('a hub that cannot now', () => {
  test('is asked again after what Retry-After says, with the same bytes', async () => {
    mishap(answer(429, '7'));
    expect(await world.client.submit(referral)).toMatchObject({ kind: 'accepted' });
    expect(world.waits).toEqual([7_000]);
    expect(new Set(posts()).size).toBe(1);
    expect(posts()).toHaveLength(2);
  });

  test('is asked again at the date that Retry-After names', async () => {
    mishap(answer(503, new Date(world.clock.nowMs() + 12_000).toUTCString()));
    expect(await world.client.submit(referral)).toMatchObject({ kind: 'accepted' });
    expect(world.waits).toEqual([12_000]);
  });

  test('is asked again later and later where it does not say when', async () => {
    mishap(answer(503), answer(500), answer(503));
    expect(await world.client.submit(referral)).toMatchObject({ kind: 'accepted' });
    expect(world.waits).toEqual([250, 500, 1_000]);
  });

  test('that asks for more patience than ours is left alone, and the caller told', async () => {
    mishap(answer(429, '3600'));
    expect(await world.client.submit(referral)).toMatchObject({
      kind: 'retry',
      code: 'not-now',
      afterMs: 3_600_000,
      problem: { code: 'rate-exceeded' },
    });
    expect(world.waits).toEqual([]);
  });

  test('is given up after the attempts allowed; the same bytes are accepted later', async () => {
    mishap(...Array.from({ length: 5 }, () => answer(503)));
    const first = await world.client.submit(referral);
    expect(first).toMatchObject({ kind: 'retry', code: 'not-now', reference: 'CASE-2026-0001' });
    expect(posts()).toHaveLength(5);
    const jws = first.kind === 'retry' ? first.jws : '';
    expect(await world.client.submitJws(jws)).toMatchObject({
      kind: 'accepted',
      reference: 'CASE-2026-0001',
    });
    expect(posts().at(-1)).toBe(jws);
  });
});

describe('a connection that is cut', () => {
  test('after the hub did its work leads to the receipt of what it accepted', async () => {
    mishap({ kind: 'cut', work: 'done' });
    expect(await world.client.submit(referral)).toMatchObject({ kind: 'acceptedBefore' });
    expect(world.hub.log.leaves).toHaveLength(1);
  });

  test('before the hub did its work leads to a new acceptance', async () => {
    mishap({ kind: 'cut', work: 'not-done' });
    expect(await world.client.submit(referral)).toMatchObject({ kind: 'accepted' });
  });

  test('every time is not known, and says so', async () => {
    mishap(...Array.from({ length: 5 }, (): Mishap => ({ kind: 'cut', work: 'done' })));
    expect(await world.client.submit(referral)).toMatchObject({ kind: 'retry', code: 'unreachable' });
  });
});

describe('bytes that have become stale', () => {
  test('are signed anew before they are sent again', async () => {
    const client = world.clientWith({ retry: { longestWaitMs: 3_600_000 } });
    mishap(answer(503, '660'));
    expect(await client.submit(referral)).toMatchObject({ kind: 'accepted' });
    const [first, second] = posts();
    expect(second).not.toBe(first);
    expect(digestOf(second)).toBe(digestOf(first));
  });

  test('by the hub alone are signed anew at once, and get the original receipt', async () => {
    mishap({ kind: 'cut', work: 'done' });
    // The hub's window closes two minutes before ours does.
    world.hub.turn.nowMs = () => world.clock.nowMs() + 2 * 60_000;
    const client = world.clientWith({
      retry: { longestWaitMs: 3_600_000, firstWaitMs: 17 * 60_000 },
    });
    const submitted = await client.submit(referral);
    expect(submitted).toMatchObject({ kind: 'acceptedBefore' });
    expect(posts()).toHaveLength(3);
    expect(world.waits).toEqual([510_000]);
  });

  test('brought by the caller are refused as stale, for nobody else can sign them anew', async () => {
    mishap(...Array.from({ length: 5 }, () => answer(503)));
    const first = await world.client.submit(referral);
    world.clock.advance(3_600_000);
    const again = await world.client.submitJws(first.kind === 'retry' ? first.jws : '');
    expect(again).toMatchObject({ kind: 'refused', by: 'hub', problem: { code: 'iat-stale' } });
  });
});

test('bytes that are no JWS of the profile are refused without being sent', async () => {
  expect(await world.client.submitJws('a.b')).toMatchObject({
    kind: 'refused',
    by: 'client',
    reference: null,
    problem: { code: 'jws-malformed', faults: [{ code: 'part-count-wrong' }] },
  });
  expect(world.hub.seen).toEqual([]);
});

test('a call that is aborted stops waiting', async () => {
  const stopping = new AbortController();
  mishap(answer(503));
  const client = world.clientWith({
    wait: (_ms, signal) => {
      stopping.abort(new Error('enough'));
      signal?.throwIfAborted();
      return Promise.resolve();
    },
  });
  await expect(client.submit(referral, { signal: stopping.signal })).rejects.toThrow('enough');
});

test('whatever goes wrong on the way, a referral ends up accepted exactly once', async () => {
  const anything = fc.constantFrom<Mishap>(
    answer(429, '1'),
    answer(503),
    answer(500),
    { kind: 'answer', status: 502, body: '<html>' },
    { kind: 'cut', work: 'done' },
    { kind: 'cut', work: 'not-done' },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(anything, { maxLength: 4 }), fc.uuid(), async (coming, reference) => {
      const before = world.hub.log.leaves.length;
      mishap(...coming);
      const submitted = await world.client.submit({ ...referral, providerReference: reference });
      const done = coming.some((one) => one.kind === 'cut' && one.work === 'done');
      expect(submitted.kind).toBe(done ? 'acceptedBefore' : 'accepted');
      expect(world.hub.log.leaves).toHaveLength(before + 1);
    }),
    { numRuns: 25 },
  );
});
