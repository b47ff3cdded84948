import type { Problem } from '@liaison/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAs, readWholeFeed, readWith, signToken, type FeedPage, type Status } from '../setup/reading.ts';
import { referralOf, submitAccepted, until, untilDispatches } from '../setup/submitting.ts';
import { createTestHub, type TestHub } from '../setup/test-hub.ts';

let hub: TestHub & { close(): Promise<void> };
let referralId: string;

beforeAll(async () => {
  hub = await createTestHub({ states: ['BE'] });
  await hub.startContactPoint('cp-be');
  await hub.startContactPoint('europol');
  referralId = await submitAccepted(hub, referralOf(hub, 'mine-1'));
  await untilDispatches(hub, referralId, 'receipted');
});
afterAll(() => hub.close());

describe('a sender follows its own referrals', () => {
  test('by id and by its own reference, and learns no addressee', async () => {
    const byId = await readAs<Status>(hub, `/v1/referrals/${referralId}`);
    const byReference = await readAs<{ referrals: Status[] }>(hub, '/v1/referrals?providerReference=mine-1');
    expect(byId.status).toBe(200);
    expect(byId.body).toMatchObject({
      referralId,
      providerReference: 'mine-1',
      state: 'forwarded',
      holds: [],
    });
    expect(byReference.body.referrals).toEqual([byId.body]);
    const told = JSON.stringify({ ...byId.body, receipt: '' });
    expect(told).not.toMatch(/cp-be|europol|"BE"/);
  });

  test('in the order of the ledger, nothing twice and nothing left out, whatever the size of a page', async () => {
    for (const reference of ['mine-2', 'mine-3', 'mine-4']) {
      await submitAccepted(hub, referralOf(hub, reference));
    }
    await until('all are in the feed', async () => (await readWholeFeed(hub)).length === 8);
    const whole = await readWholeFeed(hub);
    const inTwos = await readWholeFeed(hub, 'example-chat', 2);
    expect(inTwos).toEqual(whole);
    const positions = whole.map(({ position }) => position);
    expect(positions).toEqual(positions.toSorted((left, right) => left - right));
    expect(new Set(positions).size).toBe(positions.length);
    expect(whole.map(({ kind }) => kind).sort()).toEqual([
      ...Array<string>(4).fill('accepted'),
      ...Array<string>(4).fill('forwarded'),
    ]);
  });

  test('up to date is an empty page whose cursor goes on', async () => {
    const { next } = (await readAs<FeedPage>(hub, '/v1/feed?limit=500')).body;
    const empty = await readAs<FeedPage>(hub, `/v1/feed?after=${next}`);
    expect(empty.body).toEqual({ events: [], next });
    await submitAccepted(hub, referralOf(hub, 'mine-5'));
    await until('the new one is there', async () => {
      const page = await readAs<FeedPage>(hub, `/v1/feed?after=${next}`);
      return page.body.events.some(({ providerReference }) => providerReference === 'mine-5');
    });
  });
});

describe("another sender's referral answers exactly as one that does not exist", () => {
  test('by id', async () => {
    const others = await readAs<Problem>(hub, `/v1/referrals/${referralId}`, 'example-mail');
    const none = await readAs<Problem>(hub, `/v1/referrals/${hub.newId()}`, 'example-mail');
    expect([others.status, none.status]).toEqual([404, 404]);
    const strip = ({ requestId: _id, instance: _path, ...rest }: Problem): object => rest;
    expect(strip(others.body)).toEqual(strip(none.body));
  });

  test('by reference and in the feed', async () => {
    const found = await readAs<{ referrals: Status[] }>(
      hub,
      '/v1/referrals?providerReference=mine-1',
      'example-mail',
    );
    expect(found.body.referrals).toEqual([]);
    expect(await readWholeFeed(hub, 'example-mail')).toEqual([]);
  });
});

describe('a read is refused', () => {
  const path = '/v1/feed';

  test('without a token', async () => {
    const response = await fetch(`${hub.api}${path}`);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(await response.json()).toMatchObject({ code: 'authorization-missing' });
  });

  test('with a token that was used before', async () => {
    const token = await signToken(hub, path);
    expect((await readWith(hub, path, token)).status).toBe(200);
    expect(await readWith(hub, path, token)).toMatchObject({
      status: 401,
      body: { code: 'authorization-replayed' },
    });
  });

  test.each([
    ['for another method', { method: 'POST' }],
    ['for another address', { path: '/v1/referrals' }],
    ['that has expired', { lifeSeconds: 0 }],
    ['that lives too long', { lifeSeconds: 61 }],
  ])('with a token %s', async (_what, changes) => {
    const reply = await readWith(hub, path, await signToken(hub, path, changes));
    expect(reply).toMatchObject({ status: 401, body: { code: 'authorization-invalid' } });
  });

  test.each([
    ['/v1/feed?limit=0', '/limit'],
    ['/v1/feed?limit=501', '/limit'],
    ['/v1/feed?after=bm9uc2Vuc2U', '/after'],
    ['/v1/referrals?providerReference=a%20b', '/providerReference'],
    ['/v1/referrals/not-a-uuid', '/referralId'],
  ])('with a wrong parameter, which is named: %s', async (wrong, pointer) => {
    const reply = await readAs<Problem>(hub, wrong);
    expect([reply.status, reply.body.code]).toEqual([400, 'parameter-invalid']);
    expect(reply.body.faults?.map((fault) => fault.pointer)).toEqual([pointer]);
  });
});

describe('health does the real operation', () => {
  test('ready while it can write and its directory holds', async () => {
    expect((await fetch(`${hub.api}/livez`)).status).toBe(200);
    expect((await fetch(`${hub.api}/readyz`)).status).toBe(200);
    const { rows } = await hub.database.query(`select from intake.probe where service = 'submission-api'`);
    expect(rows.length).toBe(1);
  });
});
