import { generateKeyPair } from '@liaison/seal';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestWorld, type TestWorld } from '../fixtures/create-test-client.ts';
import { createDirectory, signWithAnchor } from '../fixtures/hub-identity.ts';
import { readExample } from '../fixtures/read-examples.ts';

const referral = readExample('provider-report');
const id = '019a7c3e-5b00-7001-8000-00000000000f';
let world: TestWorld;

beforeEach(async () => {
  world = await createTestWorld();
});
afterEach(async () => {
  await world.close();
});

const count = (path: string): number => world.hub.seen.filter(({ url }) => url === path).length;

test('the directory is fetched once, and again when it has expired', async () => {
  const references = ['A', 'B'].map((providerReference) => ({ ...referral, providerReference }));
  await Promise.all(references.map((one) => world.client.submit(one)));
  expect(count('/v1/directory')).toBe(1);
  world.clock.advance(569_000);
  await world.client.submit(referral);
  expect(count('/v1/directory')).toBe(1);
  world.clock.advance(2_000);
  await world.client.submit(referral);
  expect(count('/v1/directory')).toBe(2);
});

test('an expired directory sends nothing, and resumes with a newer one', async () => {
  const { hub, clock, client, waits } = world;
  const fresh = hub.turn.directory;
  hub.turn.directory = async () => {
    if (count('/v1/directory') > 2) return fresh();
    const old = { nowMs: clock.nowMs() - 3_600_000, sequence: 0 };
    return signWithAnchor(hub.identity, await createDirectory(hub.identity, { ...old, sequence: 1 }), id);
  };
  expect(await client.submit(referral)).toMatchObject({ kind: 'accepted' });
  expect(waits).toHaveLength(2);
  expect(count('/v1/referrals')).toBe(1);
});

test('a hub that has no directory now is asked again', async () => {
  const body = JSON.stringify({ code: 'directory-expired' });
  world.hub.mishaps.push({ path: '/v1/directory', mishap: { kind: 'answer', status: 503, body } });
  expect(await world.client.submit(referral)).toMatchObject({ kind: 'accepted' });
});

test('an older directory than one held is not gone back to', async () => {
  const { hub, clock, client } = world;
  const nowMs = clock.nowMs();
  const signed = async (sequence: number, lifeMs: number): Promise<string> =>
    signWithAnchor(hub.identity, await createDirectory(hub.identity, { nowMs, sequence, lifeMs }), id);
  const newer = await signed(7, 60_000);
  const older = await signed(6, 3_600_000);
  hub.turn.directory = async () => newer;
  expect(await client.submit(referral)).toMatchObject({ kind: 'accepted' });
  hub.turn.directory = async () => older;
  clock.advance(120_000);
  expect(await client.submit(referral)).toMatchObject({ kind: 'retry', code: 'directory-not-current' });
});

test.each([
  [
    'signed by a key that is no anchor',
    'key-unknown',
    async () => {
      const directory = await createDirectory(world.hub.identity, {
        nowMs: world.clock.nowMs(),
        sequence: 1,
      });
      return signWithAnchor({ anchor: generateKeyPair() }, directory, id);
    },
  ],
  [
    'of another installation',
    'audience-wrong',
    async () => {
      const directory = await createDirectory(world.hub.identity, {
        nowMs: world.clock.nowMs(),
        sequence: 1,
      });
      return signWithAnchor(world.hub.identity, { ...directory, instance: 'production' }, id);
    },
  ],
  [
    'of another hub',
    'instance-wrong',
    async () => {
      const directory = await createDirectory(world.hub.identity, {
        nowMs: world.clock.nowMs(),
        sequence: 1,
      });
      return signWithAnchor(world.hub.identity, { ...directory, hub: 'example-chat' }, id);
    },
  ],
  ['that is no JWS', 'part-count-wrong', async () => '{}'],
])('a directory %s is not trusted, and nothing is sent', async (_what, reason, directory) => {
  world.hub.turn.directory = directory;
  await expect(world.client.submit(referral)).rejects.toMatchObject({ code: 'directory-untrusted', reason });
  expect(count('/v1/referrals')).toBe(0);
});

test.each([
  ['/v1/directory', 404, '<html>'],
  ['/v1/directory', 302, ''],
  ['/v1/referrals', 200, '<html>'],
  ['/v1/referrals', 201, '{"referralId":1}'],
  ['/v1/referrals', 404, '<html>'],
  ['/v1/referrals', 302, '{"code":"path-unknown"}'],
])('what answers %s with %i and %s is not taken for a hub', async (path, status, body) => {
  const headers = { Location: 'http://127.0.0.1:9/' };
  world.hub.mishaps.push({ path, mishap: { kind: 'answer', status, headers, body } });
  await expect(world.client.submit(referral)).rejects.toMatchObject({ code: 'answer-not-understood' });
});
