import { decodeLeaf } from '@liaison/ledger';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appendEvents, type EventDraft } from '../src/index.ts';
import { createHubFixture, origin, type HubFixture } from './hub-fixture.ts';

let hub: HubFixture;

beforeAll(async () => {
  hub = await createHubFixture();
});
afterAll(() => hub.close());

function draftFor(referralId: string): EventDraft {
  return {
    type: 'referralDecided',
    atMs: Date.now(),
    subjectId: referralId,
    actorId: 'hub',
    facts: { referralId, state: 'forwarded' },
    details: { payloadDigest: 'sha-256:one' },
    referralId,
    audience: 'sender-one',
  };
}

async function pendingOf(referralId: string): Promise<readonly { leaf: Uint8Array; audience: string }[]> {
  const { rows } = await hub.owner.query<{ leaf: Uint8Array; audience: string }>(
    'select leaf, audience from ledger.pending where referral_id = $1 order by id',
    [referralId],
  );
  return rows;
}

test('events are written with rows that belong to them, as the router', async () => {
  const referralId = hub.newId();
  const events = [
    await hub.events.prepare(draftFor(referralId)),
    await hub.events.prepare(draftFor(referralId)),
  ];
  await hub.as('router').transaction((tx) =>
    appendEvents(tx, events, [
      {
        table: 'hub.alarm',
        columns: { id: 'uuid', code: 'text', raised_at: 'timestamptz' },
        rows: [[hub.newId(), 'testAlarm', '2026-11-20T00:00:00Z']],
      },
    ]),
  );
  const rows = await pendingOf(referralId);
  expect(rows.map(({ audience }) => audience)).toEqual(['sender-one', 'sender-one']);
  const decoded = rows.map(({ leaf }) => decodeLeaf(new Uint8Array(leaf)));
  expect(decoded.map((one) => (one.ok ? one.event.eventId : one.code))).toEqual(
    events.map(({ eventId }) => eventId),
  );
  expect(decoded.every((one) => one.ok && one.event.origin === origin)).toBe(true);
  const { rows: alarms } = await hub.owner.query(`select from hub.alarm where code = 'testAlarm'`);
  expect(alarms).toHaveLength(1);
});

test('events of a change that is rolled back are none', async () => {
  const referralId = hub.newId();
  const event = await hub.events.prepare(draftFor(referralId));
  const stop = new Error('stop');
  const work = hub.as('router').transaction(async (tx) => {
    await appendEvents(tx, [event]);
    throw stop;
  });
  await expect(work).rejects.toBe(stop);
  expect(await pendingOf(referralId)).toEqual([]);
});

test('an event is written once: its id again is an error, not a second entry', async () => {
  const referralId = hub.newId();
  const event = await hub.events.prepare(draftFor(referralId));
  await appendEvents(hub.owner, [event]);
  await expect(appendEvents(hub.owner, [event])).rejects.toMatchObject({ sqlstate: '23505' });
  expect(await pendingOf(referralId)).toHaveLength(1);
});

test('nothing to write is no statement that fails', async () => {
  await expect(appendEvents(hub.owner, [])).resolves.toBeUndefined();
});
