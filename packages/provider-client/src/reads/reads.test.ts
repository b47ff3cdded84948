import { readJws } from '@liaison/seal';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTestWorld, type TestWorld } from '../../fixtures/create-test-client.ts';
import type { PlayedEvent } from '../../fixtures/hub-reads.ts';
import { createProblem } from '../http/problem.ts';
import type { FeedPage } from './read-feed.ts';

let world: TestWorld;

function idOf(number: number): string {
  return `019a7c3e-5b00-7001-8000-${number.toString(16).padStart(12, '0')}`;
}

function eventOf(position: number): PlayedEvent {
  return {
    eventId: idOf(position),
    position,
    at: '2026-11-20T09:30:00.000Z',
    referralId: idOf(1000 + position),
    providerReference: `CASE-${position}`,
    kind: 'accepted',
  };
}

beforeEach(async () => {
  world = await createTestWorld();
  world.hub.turn.feed = [0, 1, 2, 3, 4].map(eventOf);
});
afterEach(async () => {
  await world.close();
});

async function pagesOf(pages: AsyncIterable<FeedPage>): Promise<FeedPage[]> {
  const read: FeedPage[] = [];
  for await (const page of pages) read.push(page);
  return read;
}

const tokens = (): string[] => world.hub.seen.map(({ authorization }) => authorization?.slice(7) ?? '');

describe('a status', () => {
  test('is found by the id of the referral', async () => {
    expect(await world.client.status(idOf(1002))).toMatchObject({
      kind: 'found',
      status: { providerReference: 'CASE-2', state: 'accepted' },
    });
  });

  test('is found by our own reference', async () => {
    expect(await world.client.status({ reference: 'CASE-3' })).toMatchObject({
      kind: 'found',
      status: { referralId: idOf(1003) },
    });
  });

  test('of a referral that is not ours is not known', async () => {
    expect(await world.client.status(idOf(9))).toEqual({ kind: 'unknown' });
    expect(await world.client.status({ reference: 'nothing' })).toEqual({ kind: 'unknown' });
  });

  test('cannot be turned into the reading of something else', async () => {
    await world.client.status('../feed?limit=1');
    expect(world.hub.seen[0]?.url).toBe('/v1/referrals/..%2Ffeed%3Flimit%3D1');
  });

  test('that the hub may not tell is refused with its problem', async () => {
    const body = JSON.stringify(createProblem('key-revoked', []));
    world.hub.mishaps.push({ path: '/v1/referrals', mishap: { kind: 'answer', status: 401, body } });
    expect(await world.client.status(idOf(1002))).toMatchObject({
      kind: 'refused',
      problem: { code: 'key-revoked' },
    });
  });

  test('with members of a later version is read', async () => {
    const { client, hub } = world;
    const known = await client.status(idOf(1002));
    const status = known.kind === 'found' ? known.status : null;
    const body = JSON.stringify({ ...status, ofLater: { x: 1 } });
    hub.mishaps.push({ path: '/v1/referrals', mishap: { kind: 'answer', status: 200, body } });
    expect(await client.status(idOf(1002))).toMatchObject({ kind: 'found', status });
  });

  test('of another shape is not taken for a hub', async () => {
    const mishap = { kind: 'answer', status: 200, body: '{"referralId":"x"}' } as const;
    world.hub.mishaps.push({ path: '/v1/referrals', mishap });
    await expect(world.client.status(idOf(1))).rejects.toMatchObject({ code: 'answer-not-understood' });
  });
});

describe('every read', () => {
  test('has a token of its own for this method and address, at most 60 seconds long', async () => {
    await pagesOf(world.client.readFeed());
    expect(tokens()).toHaveLength(4);
    const ids = tokens().map((token) => {
      const read = readJws(token, { typ: 'request+jws', maxBytes: 4_096 });
      if (!read.ok) throw new Error(read.fault.code);
      const { header, payload } = read.value;
      expect(payload).toEqual({ exp: header.iat + 60, htm: 'GET', htu: `${world.hub.address}/v1/feed` });
      return header.jti;
    });
    expect(new Set(ids).size).toBe(4);
  });

  test('that was cut is tried again with another token', async () => {
    world.hub.mishaps.push({ path: '/v1/referrals', mishap: { kind: 'cut', work: 'done' } });
    expect(await world.client.status(idOf(1002))).toMatchObject({ kind: 'found' });
    expect(new Set(tokens()).size).toBe(2);
  });

  test('that cannot be answered says when to come back', async () => {
    const headers = { 'Retry-After': '90' };
    const body = JSON.stringify(createProblem('not-ready', []));
    world.hub.mishaps.push({ path: '/v1/', mishap: { kind: 'answer', status: 503, headers, body } });
    expect(await world.client.status(idOf(1))).toMatchObject({
      kind: 'retry',
      code: 'not-now',
      afterMs: 90_000,
    });
  });
});

describe('the feed', () => {
  test('is read page after page to its end', async () => {
    const pages = await pagesOf(world.client.readFeed());
    expect(pages.flatMap(({ events }) => events.map(({ position }) => position))).toEqual([0, 1, 2, 3, 4]);
    expect(pages.map(({ next }) => next)).toEqual(['p2', 'p4', 'p5']);
  });

  test('goes on after the last page that was read', async () => {
    const pages = await pagesOf(world.client.readFeed({ after: 'p4', limit: 10 }));
    expect(pages.flatMap(({ events }) => events.map(({ position }) => position))).toEqual([4]);
    expect(world.hub.seen[0]?.url).toBe('/v1/feed?after=p4&limit=10');
  });

  test('that is refused ends with the problem', async () => {
    const body = JSON.stringify(createProblem('parameter-invalid', []));
    world.hub.mishaps.push({ path: '/v1/feed', mishap: { kind: 'answer', status: 400, body } });
    await expect(pagesOf(world.client.readFeed({ after: 'x' }))).rejects.toMatchObject({
      code: 'read-refused',
      reason: 'parameter-invalid',
    });
  });

  test('of a hub that is away ends as unreachable, after the attempts allowed', async () => {
    await world.hub.close();
    const client = world.clientWith({ retry: { attempts: 2 } });
    await expect(pagesOf(client.readFeed())).rejects.toMatchObject({ code: 'hub-unreachable' });
    expect(world.waits).toHaveLength(1);
    world = await createTestWorld();
  });

  test('whose cursor stands still is not read for ever', async () => {
    const page = JSON.stringify({ events: [eventOf(0)], next: 'p1' });
    for (let times = 0; times < 2; times += 1) {
      world.hub.mishaps.push({ path: '/v1/feed', mishap: { kind: 'answer', status: 200, body: page } });
    }
    await expect(pagesOf(world.client.readFeed())).rejects.toMatchObject({ code: 'answer-not-understood' });
  });
});
