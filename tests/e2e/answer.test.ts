import type { ContactPointApi, Problem } from '@liaison/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAs, readWholeFeed, type Status } from '../setup/reading.ts';
import { referralOf, submitAccepted, until, untilDispatches } from '../setup/submitting.ts';
import { createTestHub, type TestHub } from '../setup/test-hub.ts';

type InboxPage = ContactPointApi['schemas']['InboxPage'];
type OpenedDispatch = ContactPointApi['schemas']['OpenedDispatch'];
type QueuedAnswer = ContactPointApi['schemas']['QueuedAnswer'];

let hub: TestHub & { close(): Promise<void> };
let belgium: string;

beforeAll(async () => {
  hub = await createTestHub({ states: ['BE', 'FR'] });
  belgium = await hub.startContactPoint('cp-be');
  await hub.startContactPoint('europol');
});
afterAll(() => hub.close());

async function get<Body>(path: string): Promise<{ status: number; body: Body }> {
  const response = await fetch(`${belgium}/v1${path}`);
  return { status: response.status, body: (await response.json()) as Body };
}

async function answer(
  dispatchId: string,
  content: object,
): Promise<{ status: number; body: QueuedAnswer & Problem }> {
  const response = await fetch(`${belgium}/v1/dispatches/${dispatchId}/answers`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ answerId: hub.newId(), ...content }),
  });
  return { status: response.status, body: (await response.json()) as QueuedAnswer & Problem };
}

/** Submits a referral and returns it with the dispatch that Belgium got. */
async function receive(
  reference: string,
  changes: Parameters<typeof referralOf>[2] = {},
): Promise<{ referralId: string; dispatchId: string }> {
  const referralId = await submitAccepted(hub, referralOf(hub, reference, changes));
  await untilDispatches(hub, referralId, 'receipted');
  const { rows } = await hub.database.query<{ id: string }>(
    `select id from hub.dispatch where referral_id = $1 and addressee_id = 'cp-be'`,
    [referralId],
  );
  return { referralId, dispatchId: rows[0]?.id ?? '' };
}

async function untilAnswered(dispatchId: string, state: string, count = 1): Promise<void> {
  await until(`answers are ${state}`, async () => {
    const { answers } = (await get<OpenedDispatch>(`/dispatches/${dispatchId}`)).body;
    return answers.length === count && answers.every((one) => one.state === state);
  });
}

describe('the inbox of a contact point', () => {
  test('opens a dispatch with the decision and the untouched referral of its sender', async () => {
    const { referralId, dispatchId } = await receive('open-1');
    const { body } = await get<OpenedDispatch>(`/dispatches/${dispatchId}`);
    expect(body.entry).toMatchObject({
      dispatchId,
      referralId,
      state: 'new',
      senderId: 'example-chat',
      sequence: 1,
    });
    expect(body.referral).toEqual(
      referralOf(hub, 'open-1', {
        issuedAt: body.referral.issuedAt,
        networkEvents: body.referral.networkEvents ?? [],
      }),
    );
    expect(body.dispatch.decision.criminal.concerned.map(({ country }) => country)).toEqual(['BE']);
    expect(body.dispatch.handling).toEqual({
      handlingCode: 'H0',
      sourceEvaluation: 'X',
      informationEvaluation: '4',
    });
    expect(body.senderKeyRevokedSince).toBeNull();
  });

  test('puts urgent ones first and pages through all of them once', async () => {
    for (const reference of ['page-1', 'page-2', 'page-3']) await receive(reference);
    const urgent = await receive('page-urgent', { urgency: { claimed: true } });
    const ids: string[] = [];
    for (let after = ''; ;) {
      const { body } = await get<InboxPage>(`/dispatches?limit=2${after}`);
      ids.push(...body.dispatches.map(({ dispatchId }) => dispatchId));
      if (body.next === null) break;
      after = `&after=${body.next}`;
    }
    expect(ids[0]).toBe(urgent.dispatchId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBe((await get<InboxPage>('/dispatches?limit=200')).body.dispatches.length);
  });

  test.each([
    ['/dispatches?limit=0', 400, 'parameter-invalid'],
    ['/dispatches?state=lost', 400, 'parameter-invalid'],
    ['/dispatches?after=zzz', 400, 'parameter-invalid'],
    ['/dispatches/none', 400, 'parameter-invalid'],
    ['/dispatches/019a7c3e-5b00-7001-8000-000000000001', 404, 'dispatch-unknown'],
    ['/nothing', 404, 'path-unknown'],
  ])('refuses %s', async (path, status, code) => {
    const reply = await get<Problem>(path);
    expect([reply.status, reply.body.code]).toEqual([status, code]);
  });
});

describe('an answer of an authority', () => {
  test('acknowledged under its own case number meets the deadline, and the sender never sees that number', async () => {
    const { referralId, dispatchId } = await receive('ack-1');
    const reply = await answer(dispatchId, { kind: 'acknowledged', caseNumber: 'BE-2026/447' });
    expect([reply.status, reply.body.sequence]).toEqual([201, 1]);
    await untilAnswered(dispatchId, 'receipted');
    const { rows } = await hub.database.query(
      `select d.answer, l.state from hub.dispatch d
       join hub.deadline l on l.dispatch_id = d.id and l.kind = 'humanAcknowledgement' where d.id = $1`,
      [dispatchId],
    );
    expect(rows).toEqual([{ answer: 'acknowledged', state: 'met' }]);
    const status = await readAs<Status>(hub, `/v1/referrals/${referralId}`);
    expect(JSON.stringify(status.body)).not.toContain('BE-2026');
    expect(JSON.stringify(await readWholeFeed(hub))).not.toContain('BE-2026');
    const stored = await hub.database.query('select t::text as row from hub.feedback t');
    expect(JSON.stringify(stored.rows)).not.toContain('BE-2026');
  });

  test('sent twice has one effect; its id for another answer is a conflict', async () => {
    const { dispatchId } = await receive('twice-1');
    const content = { answerId: hub.newId(), kind: 'acknowledged', caseNumber: '7' };
    const first = await answer(dispatchId, content);
    const second = await answer(dispatchId, content);
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.body.feedbackId).toBe(first.body.feedbackId);
    const other = await answer(dispatchId, { ...content, caseNumber: '8' });
    expect([other.status, other.body.code]).toEqual([409, 'answer-conflict']);
  });

  test('declined where nobody else is named or left is recorded and raises an alarm', async () => {
    const { dispatchId } = await receive('decline-1');
    await answer(dispatchId, { kind: 'declined', reason: 'notActionable', suggestedCompetent: [] });
    await untilAnswered(dispatchId, 'receipted');
    const { rows } = await hub.database.query(
      `select d.answer, a.code from hub.dispatch d join hub.alarm a on a.subject_id = d.id::text where d.id = $1`,
      [dispatchId],
    );
    expect(rows).toEqual([{ answer: 'declined', code: 'dispatchDeclined' }]);
  });

  test('asking for information tells the sender what is missing, until it supplements', async () => {
    const { referralId, dispatchId } = await receive('ask-1');
    await answer(dispatchId, { kind: 'informationRequested', requested: ['ports', 'identifiers'] });
    await untilAnswered(dispatchId, 'receipted');
    const asked = (await readAs<Status>(hub, `/v1/referrals/${referralId}`)).body;
    expect(asked.state).toBe('infoRequested');
    expect(asked.informationRequests.map(({ requested }) => requested)).toEqual([['ports', 'identifiers']]);
    hub.clock.advance(1_000);
    const relation = { type: 'supplement', reference: referralId } as const;
    await submitAccepted(hub, referralOf(hub, 'ask-1-more', { relation }));
    expect((await readAs<Status>(hub, `/v1/referrals/${referralId}`)).body.state).toBe('forwarded');
  });

  test('a hold on user notice reaches the sender with its end', async () => {
    const { referralId, dispatchId } = await receive('hold-1');
    const until2027 = '2027-03-01T00:00:00.000Z';
    await answer(dispatchId, { kind: 'userNoticeHold', until: until2027, ground: 'preventInterference' });
    await untilAnswered(dispatchId, 'receipted');
    const { holds } = (await readAs<Status>(hub, `/v1/referrals/${referralId}`)).body;
    expect(holds).toEqual([{ kind: 'userNoticeHold', until: until2027 }]);
  });

  test('not illegal is told only where the authority releases it', async () => {
    const outcome = {
      kind: 'outcome',
      result: 'noAction',
      assessment: 'notIllegal',
      reasons: ['notIllegal'],
    };
    const kept = await receive('outcome-1');
    await answer(kept.dispatchId, { ...outcome, released: false, closed: false });
    await untilAnswered(kept.dispatchId, 'receipted');
    const released = await receive('outcome-2');
    await answer(released.dispatchId, { ...outcome, released: true, closed: false });
    await untilAnswered(released.dispatchId, 'receipted');
    expect((await readAs<Status>(hub, `/v1/referrals/${kept.referralId}`)).body.notIllegal).toBe(false);
    expect((await readAs<Status>(hub, `/v1/referrals/${released.referralId}`)).body.notIllegal).toBe(true);
  });

  test('several answers are numbered without a gap', async () => {
    const { dispatchId } = await receive('many-1');
    await answer(dispatchId, { kind: 'acknowledged', caseNumber: '1' });
    await answer(dispatchId, { kind: 'informationRequested', requested: ['place'] });
    const third = await answer(dispatchId, { kind: 'acknowledged', caseNumber: '2' });
    expect(third.body.sequence).toBe(3);
    await untilAnswered(dispatchId, 'receipted', 3);
    const { rows } = await hub.database.query(
      'select sequence, effective from hub.feedback where dispatch_id = $1 order by sequence',
      [dispatchId],
    );
    expect(rows.map((row) => row['sequence'])).toEqual([1, 2, 3]);
  });

  test.each([
    ['of no kind', { kind: 'arrested' }, '/kind value-not-listed'],
    ['without its number', { kind: 'acknowledged' }, '/caseNumber member-missing'],
    [
      'with a member too many',
      { kind: 'acknowledged', caseNumber: '1', suspect: 'x' },
      '/suspect member-unknown',
    ],
  ])('%s is refused, and where', async (_what, content, fault) => {
    const { dispatchId } = await receive(`bad-${hub.newId()}`);
    const reply = await answer(dispatchId, content);
    expect([reply.status, reply.body.code]).toEqual([400, 'schema-invalid']);
    expect(reply.body.faults?.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([fault]);
  });
});

test('a referral is closed for its sender when every competent authority has closed it', async () => {
  const { referralId, dispatchId } = await receive('close-1');
  const outcome = {
    kind: 'outcome',
    result: 'otherAction',
    assessment: 'illegal',
    reasons: [],
    released: false,
  };
  await answer(dispatchId, { ...outcome, closed: true });
  await untilAnswered(dispatchId, 'receipted');
  const state = async (): Promise<string> =>
    (await readAs<Status>(hub, `/v1/referrals/${referralId}`)).body.state;
  // Europol has its copy and has not closed it.
  expect(await state()).toBe('forwarded');
});
