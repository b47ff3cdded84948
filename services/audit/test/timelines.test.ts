import { readFileSync } from 'node:fs';
import type { AuditApi, Decision } from '@liaison/contracts';
import { expect, test } from 'vitest';
import { ask } from './ask.ts';
import { startAudit, untilSize, type TestAudit } from './audit-fixture.ts';
import { createHub, registerParticipants, type Hub } from './hub-fixture.ts';

type TimelineList = AuditApi['schemas']['TimelineList'];
type Timeline = TimelineList['timelines'][number];

const decisionExample = new URL('../../../contracts/examples/decision/valid/one-state.json', import.meta.url);
const decision = JSON.parse(readFileSync(decisionExample, 'utf8')) as Decision;
const at = (minute: number): string => `2027-03-01T12:0${minute}:00.000Z`;

interface Seeded {
  readonly referralId: string;
  readonly dispatchIds: readonly string[];
  readonly eventIds: readonly string[];
}

/** A referral that was accepted, decided twice and dispatched to two contact points, with its events. */
async function seedReferral(hub: Hub, sender: string, reference: string): Promise<Seeded> {
  const referralId = hub.newId();
  await hub.owner.query(
    `insert into hub.referral (id, sender_id, sender_kind, referral_kind, provider_reference, payload_digest,
       signer_kid, urgent, state, accepted_at, decided_at)
     values ($1, $2, 'provider', 'providerReport', $3, $4, 'kid', false, 'forwarded', $5, $6)`,
    [referralId, sender, reference, `sha-256:${'A'.repeat(43)}`, at(0), at(1)],
  );
  await hub.owner.query(
    `insert into hub.policy (version, document, digest, activated_at) values ('1.0.0', '{}', 'digest', $1)
     on conflict do nothing`,
    [at(0)],
  );
  for (const version of [1, 2]) {
    await hub.owner.query(
      `insert into hub.decision (referral_id, version, policy_version, document, decided_at) values ($1, $2, '1.0.0', $3, $4)`,
      [referralId, version, { ...decision, version }, at(1)],
    );
  }
  const dispatchIds = [hub.newId(), hub.newId()];
  for (const [index, addressee] of ['contact-point-be', 'europol'].entries()) {
    await hub.owner.query(
      `insert into hub.dispatch (id, referral_id, addressee_id, decision_version, kind, schema_version, "sequence",
         digest, urgent, state, attempts, sealed_at, next_attempt_at, sent_at)
       values ($1, $2, $3, 1, 'referral', '1.0', 1, 'digest', false, $4, $5, $6, $6, $7)`,
      [
        dispatchIds[index],
        referralId,
        addressee,
        index === 0 ? 'sent' : 'sealed',
        1 - index,
        at(2),
        index === 0 ? at(3) : null,
      ],
    );
  }
  const eventIds = await hub.append([
    { subjectId: referralId, referralId, actorId: sender, details: { number: 1 } },
    {
      type: 'referralDecided',
      subjectId: referralId,
      referralId,
      actorId: 'hub',
      facts: { policyVersion: '1.0.0' },
      audience: null,
    },
    {
      type: 'dispatchSealed',
      subjectId: dispatchIds[0] ?? '',
      referralId,
      actorId: 'hub',
      facts: { addressee: 'contact-point-be', referralId },
    },
  ]);
  return { referralId, dispatchIds, eventIds };
}

async function createSeededHub(): Promise<Hub> {
  const hub = await createHub();
  await registerParticipants(hub);
  return hub;
}

async function find(audit: TestAudit, search: string): Promise<readonly Timeline[]> {
  const { status, body } = await ask(audit.entries, `/timelines?search=${search}`);
  expect(status).toBe(200);
  return (body as TimelineList).timelines;
}

test("a timeline is found by the id of its referral or dispatch, and by the sender's reference", async () => {
  const hub = await createSeededHub();
  const seeded = await seedReferral(hub, 'provider-one', 'CASE:2027.1_a-b');
  await seedReferral(hub, 'provider-one', 'another');
  const audit = await startAudit(hub);
  await untilSize(audit, 6);
  const byReferral = await find(audit, seeded.referralId);
  expect(byReferral).toHaveLength(1);
  expect(byReferral[0]).toMatchObject({
    referralId: seeded.referralId,
    senderId: 'provider-one',
    providerReference: 'CASE:2027.1_a-b',
    acceptedAt: at(0),
    state: 'forwarded',
    decision: { ...decision, version: 2 },
    dispatches: [
      {
        addressee: 'contact-point-be',
        country: 'BE',
        state: 'sent',
        attempts: 1,
        sealedAt: at(2),
        sentAt: at(3),
        receiptedAt: null,
      },
      {
        addressee: 'europol',
        country: null,
        state: 'sealed',
        attempts: 0,
        sealedAt: at(2),
        sentAt: null,
        receiptedAt: null,
      },
    ],
  });
  expect(byReferral[0]?.dispatches.map(({ dispatchId }) => dispatchId)).toEqual(seeded.dispatchIds);
  for (const search of [
    seeded.referralId.toUpperCase(),
    ...seeded.dispatchIds,
    seeded.dispatchIds[0]?.toUpperCase() ?? '',
    'CASE:2027.1_a-b',
  ]) {
    expect([search, await find(audit, search)]).toEqual([search, byReferral]);
  }
  for (const search of ['nothing', 'case:2027.1_a-b', seeded.eventIds[0] ?? '']) {
    expect([search, await find(audit, search)]).toEqual([search, []]);
  }
});

test('two senders may use the same reference, also one that looks like an id', async () => {
  const hub = await createSeededHub();
  const first = await seedReferral(hub, 'provider-one', 'case-1');
  const second = await seedReferral(hub, 'provider-two', first.referralId);
  const third = await seedReferral(hub, 'provider-two', 'case-1');
  const audit = await startAudit(hub);
  const idsFor = async (search: string): Promise<string[]> =>
    (await find(audit, search)).map(({ referralId }) => referralId);
  expect(await idsFor('case-1')).toEqual([first.referralId, third.referralId]);
  expect(await idsFor(first.referralId)).toEqual([first.referralId, second.referralId]);
});

test('events stand in the order of the ledger, opened, and each is proved by its leaf hash', async () => {
  const hub = await createSeededHub();
  const one = await seedReferral(hub, 'provider-one', 'one');
  await seedReferral(hub, 'provider-two', 'two');
  const more = await hub.append([
    { type: 'dispatchSent', subjectId: one.dispatchIds[0] ?? '', referralId: one.referralId },
  ]);
  const audit = await startAudit(hub);
  await untilSize(audit, 7);
  const [timeline] = await find(audit, 'one');
  expect(timeline?.events.map(({ eventId }) => eventId)).toEqual([...one.eventIds, ...more]);
  expect(timeline?.events.map(({ position }) => position)).toEqual([0, 1, 2, 6]);
  expect(timeline?.events[0]).toMatchObject({
    type: 'referralAccepted',
    at: '2027-03-01T12:00:00.000Z',
    actorId: 'provider-one',
    subjectId: one.referralId,
    facts: { sender: 'provider-one', state: 'accepted' },
    details: { number: 1 },
  });
  for (const { leafHash, position } of timeline?.events ?? []) {
    const { status, body } = await ask(audit.log, `/log/inclusion-proof?leafHash=${leafHash}`);
    expect([status, body]).toEqual([200, expect.objectContaining({ position })]);
  }
});

test('events that wait for their position come last, without one', async () => {
  const hub = await createSeededHub();
  const gate = Promise.withResolvers<void>();
  const reached = Promise.withResolvers<void>();
  const { referralId, eventIds } = await seedReferral(hub, 'provider-one', 'one');
  let held = false;
  const audit = await startAudit(hub, {
    reach: async (point) => {
      if (!held || point !== 'sequence:before-commit') return;
      reached.resolve();
      await gate.promise;
    },
  });
  held = true;
  const waiting = await hub.append([
    { type: 'referralClosed', subjectId: referralId, referralId },
    { type: 'contentErased', subjectId: referralId, referralId },
  ]);
  await reached.promise;
  const [timeline] = await find(audit, 'one');
  expect(timeline?.events.map(({ eventId, position }) => [eventId, position])).toEqual([
    ...eventIds.map((id, index) => [id, index]),
    ...waiting.map((id) => [id, null]),
  ]);
  gate.resolve();
  await untilSize(audit, 5);
  const [later] = await find(audit, 'one');
  expect(later?.events.map(({ position }) => position)).toEqual([0, 1, 2, 3, 4]);
  expect(later?.events.map(({ leafHash }) => leafHash)).toEqual(
    timeline?.events.map(({ leafHash }) => leafHash),
  );
});

test('what was erased is not opened, and still stands and is proved', async () => {
  const hub = await createSeededHub();
  const { referralId } = await seedReferral(hub, 'provider-one', 'one');
  const audit = await startAudit(hub);
  await hub.owner.query('delete from ledger.opening where referral_id = $1', [referralId]);
  await hub.owner.query('update hub.referral set erased_at = $2 where id = $1', [referralId, at(5)]);
  const [timeline] = await find(audit, 'one');
  expect(timeline?.state).toBe('erased');
  expect(timeline?.events.map(({ details }) => details)).toEqual([null, null, null]);
  expect(audit.recorded.entries.filter(({ level }) => level === 'error')).toEqual([]);
});

test.each([
  ['other details', `details = '{"number":2}'`, 'commitment-wrong'],
  ['details in another form', `details = '{"number": 1}'`, 'details-not-canonical'],
  ['another salt', 'salt = sha256(salt)', 'commitment-wrong'],
  ['a salt cut short', 'salt = substring(salt for 8)', 'salt-malformed'],
])('an opening with %s is not shown, and told', async (_what, change, code) => {
  const hub = await createSeededHub();
  const { eventIds } = await seedReferral(hub, 'provider-one', 'one');
  await hub.owner.query(`update ledger.opening set ${change} where event_id = $1`, [eventIds[0]]);
  const audit = await startAudit(hub);
  const [timeline] = await find(audit, 'one');
  expect(timeline?.events.map(({ details }) => details === null)).toEqual([true, false, false]);
  expect(audit.recorded.entries.filter(({ level }) => level === 'error')).toEqual([
    { level: 'error', event: 'opening-wrong', fields: { eventId: eventIds[0], code } },
  ]);
});

test('a search that is none is refused', async () => {
  const audit = await startAudit(await createSeededHub());
  for (const [query, code] of [
    ['', 'member-missing'],
    ['?search=', 'format-wrong'],
    ['?search=a%20b', 'format-wrong'],
    ['?search=%25', 'format-wrong'],
    [`?search=${'a'.repeat(129)}`, 'format-wrong'],
    ['?search=a&search=b', 'format-wrong'],
    ['?search=a%0A', 'format-wrong'],
  ]) {
    const { status, body } = await ask(audit.entries, `/timelines${query}`);
    expect([query, status, body]).toEqual([
      query,
      400,
      expect.objectContaining({ code: 'parameter-invalid', faults: [{ pointer: '/search', code }] }),
    ]);
  }
});
