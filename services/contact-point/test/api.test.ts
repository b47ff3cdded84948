import type { Problem } from '@liaison/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answer, list, open, postAnswer, receive } from './dispatches-interface.ts';
import { startContactPoint, type StartedContactPoint } from './start-contact-point.ts';

let started: StartedContactPoint;

beforeAll(async () => {
  started = await startContactPoint({ basePath: '/cp-be' });
});
afterAll(() => started.close());

const json = { 'content-type': 'application/json' };
const acknowledged = { kind: 'acknowledged', caseNumber: 'BE-2026/1' };

function faultsOf(body: Partial<Problem>): string[] {
  return (body.faults ?? []).map(({ pointer, code }) => `${pointer} ${code}`).toSorted();
}

function toCursor(text: string): string {
  return Buffer.from(text).toString('base64url');
}

describe('GET /dispatches', () => {
  test('an empty inbox is an empty page', async () => {
    const { status, body } = await list(started);
    expect([status, body]).toEqual([200, { dispatches: [], next: null }]);
  });

  test('urgent ones come first, then the oldest, in pages without gap or repetition', async () => {
    const urgency = { claimed: false, hub: true };
    const first = await receive(started);
    const second = await receive(started);
    const urgent = await receive(started, { content: { urgency } });
    const expected = [urgent, first, second].map(({ id }) => id);
    const whole = (await list(started)).body;
    expect(whole.dispatches?.map(({ dispatchId }) => dispatchId)).toEqual(expected);
    expect(whole.dispatches?.map((entry) => entry.urgent)).toEqual([true, false, false]);
    const seen: string[] = [];
    for (let after = ''; ;) {
      const { body } = await list(started, `?limit=1${after}`);
      seen.push(...(body.dispatches ?? []).map(({ dispatchId }) => dispatchId));
      if (body.next === null) break;
      after = `&after=${body.next}`;
    }
    expect(seen).toEqual(expected);
  });

  test('a state shows those alone that are in it', async () => {
    const [taken, declined, closed] = [
      await receive(started),
      await receive(started),
      await receive(started),
    ];
    await answer(started, taken.id, acknowledged);
    await answer(started, declined.id, { kind: 'declined', reason: 'notCompetent', suggestedCompetent: [] });
    const outcome = {
      kind: 'outcome',
      result: 'noAction',
      assessment: 'notAssessed',
      reasons: [],
      released: false,
    };
    await answer(started, closed.id, { ...outcome, closed: true });
    for (const [state, signed] of [
      ['acknowledged', taken],
      ['declined', declined],
      ['closed', closed],
    ] as const) {
      const { dispatches } = (await list(started, `?state=${state}`)).body;
      expect(dispatches?.map(({ dispatchId }) => dispatchId)).toEqual([signed.id]);
    }
    const isNew = (await list(started, '?state=new')).body.dispatches ?? [];
    expect(isNew.length).toBeGreaterThan(0);
    expect(isNew.every(({ state }) => state === 'new')).toBe(true);
  });

  test.each([
    ['limit=0', '/limit'],
    ['limit=201', '/limit'],
    ['limit=two', '/limit'],
    ['limit=2&limit=3', '/limit'],
    ['state=lost', '/state'],
    ['state=', '/state'],
    ['after=', '/after'],
    ['after=zzz', '/after'],
    [`after=${toCursor('1 2026-13-45T99:99:99.999Z 019a7c3e-5b00-7001-8000-000000000001')}`, '/after'],
    [`after=${toCursor(`1 2026-11-20T09:30:00.000Z ${'-'.repeat(36)}`)}`, '/after'],
    [`after=${toCursor('1 2026-11-20T09:30:00.000Z 019a7c3e-5b00-7001-8000-000000000001')}A`, '/after'],
  ])('refuses %s and says where', async (query, pointer) => {
    const { status, body } = await list(started, `?${query}`);
    expect([status, body.code, faultsOf(body)]).toEqual([
      400,
      'parameter-invalid',
      [`${pointer} format-wrong`],
    ]);
  });

  test('names all parameters that are wrong', async () => {
    const { body } = await list(started, '?limit=0&state=lost&after=zzz');
    expect(faultsOf(body)).toEqual(['/after format-wrong', '/limit format-wrong', '/state format-wrong']);
  });
});

describe('GET /dispatches/{dispatchId}', () => {
  test('shows the dispatch, the untouched referral of its sender, and what was answered', async () => {
    const { id } = await receive(started);
    await answer(started, id, acknowledged);
    await answer(started, id, { kind: 'informationRequested', requested: ['ports'] });
    const { status, body } = await open(started, id);
    expect(status).toBe(200);
    expect(body.entry).toMatchObject({ dispatchId: id, state: 'acknowledged', caseNumber: 'BE-2026/1' });
    expect(body.referral?.reporter).toEqual({ participantId: 'example-chat' });
    expect(body.senderKeyRevokedSince).toBeNull();
    expect(body.answers?.map(({ kind, sequence }) => [kind, sequence])).toEqual([
      ['acknowledged', 1],
      ['informationRequested', 2],
    ]);
  });

  test.each(['none', '019A7C3E-5B00-7001-8000-000000000001', '%20'])('refuses the id %s', async (id) => {
    const { status, body } = await open(started, id);
    expect([status, body.code, faultsOf(body)]).toEqual([
      400,
      'parameter-invalid',
      ['/dispatchId format-wrong'],
    ]);
  });

  test('does not know what did not come', async () => {
    const { status, body } = await open(started, started.newId());
    expect([status, body.code]).toEqual([404, 'dispatch-unknown']);
  });

  test('fails where what is stored is not what was verified', async () => {
    const { id } = await receive(started);
    await started.inbox.query(`update inbox.dispatch set jws = 'a.b.c' where id = $1`, [id]);
    const { status, body } = await open(started, id);
    expect([status, body.code, body.detail]).toEqual([500, 'internal-error', undefined]);
  });
});

describe('POST /dispatches/{dispatchId}/answers', () => {
  test('is confirmed when it is durable, and confirmed again with the same when it comes again', async () => {
    const { id } = await receive(started);
    const content = { ...acknowledged, answerId: started.newId() };
    const first = await answer(started, id, content);
    // The order of members is nobody's identity.
    const second = await answer(started, id, Object.fromEntries(Object.entries(content).toReversed()));
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(first.body).toMatchObject({ answerId: content.answerId, kind: 'acknowledged', sequence: 1 });
    expect({ ...second.body, state: '' }).toEqual({ ...first.body, state: '' });
  });

  test('sent many times at once has one effect', async () => {
    const { id } = await receive(started);
    const content = { ...acknowledged, answerId: started.newId() };
    const replies = await Promise.all(Array.from({ length: 8 }, () => answer(started, id, content)));
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(7);
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
    expect((await open(started, id)).body.answers).toHaveLength(1);
  });

  test('several at once are numbered without a gap', async () => {
    const { id } = await receive(started);
    await Promise.all(Array.from({ length: 5 }, () => answer(started, id, acknowledged)));
    const { answers } = (await open(started, id)).body;
    expect(answers?.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5]);
  });

  test.each([
    ['another answer', 'the same dispatch'],
    ['the same answer', 'another dispatch'],
  ])('the id of an answer is refused for %s to %s, also at the same time', async (what, where) => {
    const [one, other] = [await receive(started), await receive(started)];
    const content = { ...acknowledged, answerId: started.newId() };
    const changed = what === 'another answer' ? { ...content, caseNumber: '2' } : content;
    const target = where === 'another dispatch' ? other.id : one.id;
    const replies = await Promise.all([answer(started, one.id, content), answer(started, target, changed)]);
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([201, 409]));
    expect(replies.find(({ status }) => status === 409)?.body.code).toBe('answer-conflict');
  });

  test.each([
    ['a kind that is none', { kind: 'arrested' }, ['/kind value-not-listed']],
    [
      'a member left out, and one too many',
      { kind: 'acknowledged', suspect: 'x' },
      ['/caseNumber member-missing', '/suspect member-unknown'],
    ],
    [
      'a case number with a control character',
      { ...acknowledged, caseNumber: 'a\u0000b' },
      ['/caseNumber format-wrong'],
    ],
    [
      'a case number that no message could carry',
      { ...acknowledged, caseNumber: '\ud800' },
      ['/caseNumber format-wrong'],
    ],
    [
      'a case number with what is no character',
      { ...acknowledged, caseNumber: 'a\uffff' },
      ['/caseNumber format-wrong'],
    ],
    [
      'an end that is no time',
      { kind: 'userNoticeHold', until: '2027-02-30T00:00:00.000Z', ground: 'other' },
      ['/until format-wrong'],
    ],
    ['nothing asked', { kind: 'informationRequested', requested: [] }, ['/requested count-out-of-range']],
    ['an id that is none', { ...acknowledged, answerId: '1' }, ['/answerId format-wrong']],
  ])('refuses %s, and says where', async (_what, content, faults) => {
    const { id } = await receive(started);
    const { status, body } = await answer(started, id, content);
    expect([status, body.code, faultsOf(body)]).toEqual([400, 'schema-invalid', faults]);
    expect((await open(started, id)).body.entry?.state).toBe('new');
  });

  test.each([
    ['no body', { headers: json }, 400, 'body-empty'],
    ['a body that is not JSON', { headers: json, body: '{' }, 400, 'body-not-json'],
    [
      'another content type',
      { headers: { 'content-type': 'text/plain' }, body: '{}' },
      415,
      'content-type-not-supported',
    ],
    [
      'a compressed body',
      { headers: { ...json, 'content-encoding': 'gzip' }, body: '{}' },
      415,
      'content-encoding-not-supported',
    ],
    [
      'a body beyond 64 KiB',
      { headers: json, body: JSON.stringify('x'.repeat(64 * 1024)) },
      413,
      'body-too-large',
    ],
  ])('refuses %s', async (_what, init, status, code) => {
    const reply = await postAnswer(started, started.newId(), init);
    expect([reply.status, reply.body.code]).toEqual([status, code]);
  });

  test('refuses an id that is none, and knows only what came', async () => {
    const wrong = await answer(started, 'none', acknowledged);
    expect([wrong.status, faultsOf(wrong.body)]).toEqual([400, ['/dispatchId format-wrong']]);
    const unknown = await answer(started, started.newId(), acknowledged);
    expect([unknown.status, unknown.body.code]).toEqual([404, 'dispatch-unknown']);
  });

  test('waits for a directory, and confirms meanwhile what was queued before', async () => {
    const { id } = await receive(started);
    const content = { ...acknowledged, answerId: started.newId() };
    await answer(started, id, content);
    started.setDirectory(null);
    const [next, again] = [await answer(started, id, acknowledged), await answer(started, id, content)];
    started.setDirectory(started.members.directory);
    expect([next.status, next.body.code, next.headers.get('retry-after')]).toEqual([
      503,
      'directory-expired',
      '5',
    ]);
    expect(again.status).toBe(200);
  });
});
