import { audienceOf } from '@liaison/contracts';
import { readJws, verifyMessage } from '@liaison/seal';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTestWorld, type TestWorld } from '../../fixtures/create-test-client.ts';
import { instance } from '../../fixtures/hub-identity.ts';
import { readExample, readInvalidExamples } from '../../fixtures/read-examples.ts';
import { askIntake } from '../../fixtures/sign-referral.ts';
import type { Submitted } from './submitted.ts';

const referral = readExample('provider-report');
let world: TestWorld;

beforeEach(async () => {
  world = await createTestWorld();
});
afterEach(async () => {
  await world.close();
});

const postsOf = ({ hub }: TestWorld): string[] =>
  hub.seen.filter(({ method }) => method === 'POST').map(({ body }) => body);

function receiptOf(submitted: Submitted): string {
  if (submitted.kind !== 'accepted' && submitted.kind !== 'acceptedBefore') throw new Error(submitted.kind);
  return submitted.receipt.jws;
}

describe('a referral that the hub accepts', () => {
  test('comes back with a verified receipt for exactly what was signed', async () => {
    const submitted = await world.client.submit(referral);
    const [jws = ''] = postsOf(world);
    const read = readJws(jws, { typ: 'referral+jws', maxBytes: 180 * 1024 });
    expect(submitted).toMatchObject({
      kind: 'accepted',
      reference: 'CASE-2026-0001',
      receipt: {
        payload: { payloadDigest: read.ok && read.value.digest, providerReference: 'CASE-2026-0001' },
      },
    });
    expect(read).toMatchObject({ ok: true, value: { payload: referral } });
    expect(world.hub.log.leaves).toHaveLength(1);
    expect(world.waits).toEqual([]);
  });

  test('is signed for this hub in this installation with the key of the member', async () => {
    await world.client.submit(referral);
    const { member } = world.hub;
    const verified = await verifyMessage(postsOf(world)[0] ?? '', {
      typ: 'referral+jws',
      maxBytes: 180 * 1024,
      audience: audienceOf(instance, 'hub'),
      chooseKey: ({ kid }) =>
        kid === member.pair.kid
          ? { ok: true, jwk: member.pair.publicJwk }
          : { ok: false, code: 'key-unknown' },
      clock: { nowMs: world.clock.nowMs(), maxAgeMs: 1_000, maxAheadMs: 0 },
    });
    expect(verified).toMatchObject({ ok: true, value: { header: { iss: 'example-chat' } } });
  });

  test('gets its original receipt when it is submitted again', async () => {
    const first = await world.client.submit(referral);
    world.clock.advance(3_600_000);
    const second = await world.client.submit(referral);
    expect(second.kind).toBe('acceptedBefore');
    expect(receiptOf(second)).toBe(receiptOf(first));
    expect(world.hub.log.leaves).toHaveLength(1);
  });

  test('is signed without the query of a profile address', async () => {
    const identifiers = [
      { type: 'profileUrl', value: 'https://s.example/u/1?session=9#x', verified: 'no' },
    ] as const;
    const [person] = referral.persons ?? [];
    if (person === undefined) throw new Error('the example names nobody');
    const submitted = await world.client.submit({ ...referral, persons: [{ ...person, identifiers }] });
    expect(submitted.kind).toBe('accepted');
    expect(Buffer.from(postsOf(world)[0]?.split('.')[1] ?? '', 'base64url').toString()).not.toContain(
      'session',
    );
  });
});

describe('a referral that would be refused', () => {
  test('is not sent', async () => {
    const submitted = await world.client.submit({ ...referral, issuedAt: '2026-11-20 10:15' });
    expect(submitted).toMatchObject({
      kind: 'refused',
      by: 'client',
      problem: {
        code: 'schema-invalid',
        status: 400,
        faults: [{ pointer: '/issuedAt', code: 'format-wrong' }],
      },
    });
    expect(world.hub.seen).toEqual([]);
  });

  // The client mends a profile address by itself.
  const unmended = readInvalidExamples().filter(([file]) => file !== 'profile-url-with-query.json');
  test.each(unmended)(
    '%s is refused offline for the reasons for which the hub refuses it',
    async (_, value) => {
      const offline = await world.client.submit(value as never);
      const { code, faults } = await askIntake(world, value as object);
      expect(offline).toMatchObject({ kind: 'refused', by: 'client', problem: { code } });
      expect(offline.kind === 'refused' && offline.problem.faults).toEqual(
        expect.arrayContaining([...faults]),
      );
    },
  );

  test('for its reference is refused by the hub, which names the referral that has it', async () => {
    const first = await world.client.submit(referral);
    const second = await world.client.submit({ ...referral, abuseTypes: ['newMaterial'] });
    expect(second).toMatchObject({
      kind: 'refused',
      by: 'hub',
      problem: {
        code: 'reference-reused',
        status: 409,
        existing: { referralId: first.kind === 'accepted' ? first.referralId : '' },
      },
    });
  });

  test('with faults that only the hub finds comes back with each of them', async () => {
    const faults = [{ pointer: '/relation/reference', code: 'relation-unknown' }];
    const body = JSON.stringify({
      type: 't',
      title: 't',
      status: 400,
      code: 'relation-unknown',
      faults,
      later: 1,
    });
    world.hub.mishaps.push({ path: '/v1/referrals', mishap: { kind: 'answer', status: 400, body } });
    const submitted = await world.client.submit(referral);
    expect(submitted).toMatchObject({
      kind: 'refused',
      by: 'hub',
      problem: { code: 'relation-unknown', faults },
    });
  });
});

describe('clocks that differ', () => {
  test.each([
    ['behind', -10 * 60_000 - 1_000, 'iat-stale'],
    ['ahead', 2 * 60_000, 'iat-in-future'],
  ])('a clock that is %s is named with the difference', async (_side, offsetMs, code) => {
    const client = world.clientWith({ clock: { nowMs: () => world.clock.nowMs() + offsetMs } });
    expect(await client.submit(referral)).toMatchObject({
      kind: 'refused',
      by: 'hub',
      problem: { code },
      clockOffsetMs: -offsetMs,
    });
  });

  test.each([
    ['ahead that every directory has expired', 20 * 60_000],
    ['behind that every directory is from the future', -20 * 60_000],
  ])('a clock that is so far %s sends nothing', async (_side, offsetMs) => {
    const clock = { nowMs: () => world.clock.nowMs() + offsetMs };
    const client = world.clientWith({ clock, retry: { attempts: 1 } });
    const submitted = await client.submit(referral);
    expect(submitted).toMatchObject({
      kind: 'retry',
      code: 'directory-not-current',
      clockOffsetMs: -offsetMs,
    });
    expect(postsOf(world)).toEqual([]);
  });
});
