import { validateMessage, type DeliveryReceipt, type Feedback } from '@liaison/contracts';
import { digestOf } from '@liaison/seal';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { answer, open, receive } from './dispatches-interface.ts';
import type { OpenedFeedback } from './hub-end.ts';
import { forgeSignature } from './sign-as-hub.ts';
import { startContactPoint, type StartedContactPoint } from './start-contact-point.ts';

let started: StartedContactPoint;
let parcels = 0;

beforeAll(async () => {
  started = await startContactPoint();
});
afterEach(() => {
  started.setDirectory(started.members.directory);
});
afterAll(() => started.close());

/** The next parcel of feedback that comes to the hub. */
async function nextParcel(): Promise<OpenedFeedback> {
  parcels += 1;
  const opened = (await started.hub.feedback(parcels)).at(parcels - 1);
  if (opened === undefined) throw new Error('no parcel');
  return opened;
}

async function statesOf(dispatchId: string): Promise<string[]> {
  return ((await open(started, dispatchId)).body.answers ?? []).map(({ state }) => state);
}

async function expectStates(dispatchId: string, ...states: string[]): Promise<void> {
  await expect.poll(() => statesOf(dispatchId)).toEqual(states);
}

/** Receives a dispatch and acknowledges it: an answer is on its way to the hub. */
async function answerOne(): Promise<{
  dispatchId: string;
  parcel: OpenedFeedback;
  feedbackId: string;
  digest: string;
}> {
  const { id: dispatchId } = await receive(started);
  await answer(started, dispatchId, { kind: 'acknowledged', caseNumber: 'BE-1' });
  const parcel = await nextParcel();
  const [message] = parcel.messages;
  await expectStates(dispatchId, 'sent');
  return { dispatchId, parcel, feedbackId: message?.header.jti ?? '', digest: message?.digest ?? '' };
}

function receiptOf(parcelDigest: string, changes: Partial<DeliveryReceipt> = {}): DeliveryReceipt {
  const receivedAt = new Date().toISOString();
  return {
    schemaVersion: '1.0',
    parcelId: null,
    parcelDigest,
    receivedAt,
    outcome: 'opened',
    code: null,
    entries: [],
    ...changes,
  };
}

async function sendReceipt(
  content: DeliveryReceipt,
  changes: { forge?: boolean; audience?: string } = {},
): Promise<void> {
  const { forge = false, ...signChanges } = changes;
  const jws = await started.hub.signReceipt(content, signChanges);
  await started.hub.send(Buffer.from(forge ? forgeSignature(jws, started.members.hub.next) : jws));
}

/** Everything that was sent before has been looked at. */
async function flush(): Promise<void> {
  await receive(started);
}

const contents: readonly (readonly [string, object])[] = [
  ['acknowledged', { kind: 'acknowledged', caseNumber: 'Nr. 7/2026 "à"' }],
  ['declined', { kind: 'declined', reason: 'otherStateCompetent', suggestedCompetent: ['FR', 'LU'] }],
  ['a question', { kind: 'informationRequested', requested: ['ports', 'other'] }],
  [
    'a hold on user notice',
    { kind: 'userNoticeHold', until: '2027-01-01T00:00:00.000Z', ground: 'protectVictim' },
  ],
  ['a hold on removal', { kind: 'noRemovalHold', until: '2027-01-01T00:00:00.000Z', ground: 'other' }],
  [
    'an outcome',
    {
      kind: 'outcome',
      result: 'noAction',
      assessment: 'notIllegal',
      reasons: ['prescribed'],
      released: true,
      closed: true,
    },
  ],
];

describe('an answer travels by itself, signed by the contact point and sealed to the hub', () => {
  test.each(contents)('%s', async (_what, content) => {
    const { id, jws } = await receive(started);
    const dispatch = JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString()) as {
      referralId: string;
    };
    const { status, body } = await answer(started, id, content);
    expect([status, body.faults]).toEqual([201, undefined]);
    const { messages } = await nextParcel();
    const feedback = validateMessage('feedback', messages[0]?.payload);
    expect(feedback).toEqual({
      ok: true,
      value: {
        ...content,
        schemaVersion: '1.0',
        inReplyTo: id,
        referralId: dispatch.referralId,
        sequence: 1,
        handling: { handlingCode: 'H0', sourceEvaluation: 'A', informationEvaluation: '4' },
        policyVersion: (dispatch as unknown as Feedback).policyVersion,
      },
    });
    expect([messages.length, messages[0]?.header.jti]).toEqual([1, body.feedbackId]);
  });

  test('only when there is a directory that says to which key', async () => {
    const { id } = await receive(started);
    await answer(started, id, { kind: 'acknowledged', caseNumber: '1' });
    await nextParcel();
    const { directory } = started.members;
    const withoutKey = { ...directory, participant: () => undefined };
    started.setDirectory(withoutKey);
    await answer(started, id, { kind: 'acknowledged', caseNumber: '2' });
    expect((await statesOf(id)).at(-1)).toBe('queued');
    started.setDirectory(directory);
    expect((await nextParcel()).messages).toHaveLength(1);
    await expectStates(id, 'sent', 'sent');
  });
});

describe("the hub's receipt has the last word on an answer", () => {
  test('taken', async () => {
    const { dispatchId, parcel, feedbackId, digest } = await answerOne();
    const entries = [{ feedbackId, digest, outcome: 'accepted' as const, code: null }];
    await sendReceipt(receiptOf(parcel.digest, { entries }));
    await expectStates(dispatchId, 'receipted');
  });

  test('refused', async () => {
    const { dispatchId, parcel, feedbackId, digest } = await answerOne();
    const entries = [{ feedbackId, digest, outcome: 'refused' as const, code: 'in-reply-to-unknown' }];
    await sendReceipt(receiptOf(parcel.digest, { entries }));
    await expectStates(dispatchId, 'refused');
    const { rows } = await started.inbox.query(
      'select refusal_code from inbox.answer where feedback_id = $1',
      [feedbackId],
    );
    expect(rows).toEqual([{ refusal_code: 'in-reply-to-unknown' }]);
  });

  test('a parcel that the hub could not open is packed again, with the same signed bytes', async () => {
    const { dispatchId, parcel } = await answerOne();
    await sendReceipt(receiptOf(parcel.digest, { outcome: 'refused', code: 'undecryptable' }));
    const again = await nextParcel();
    expect(again.digest).not.toBe(parcel.digest);
    expect(again.messages.map(({ jws }) => jws)).toEqual(parcel.messages.map(({ jws }) => jws));
    await expectStates(dispatchId, 'sent');
  });
});

describe('a receipt changes nothing', () => {
  test.each([
    ['that was not signed by the hub', () => ({ forge: true })],
    ['that is for another contact point', () => ({ audience: `liaison:${started.members.instance}:cp-fr` })],
  ])('%s, and is an event of security', async (_what, changesOf) => {
    const { dispatchId, parcel, feedbackId, digest } = await answerOne();
    const count = async (): Promise<number> =>
      (await started.inbox.query(`select from inbox.security_event where code = 'receipt-refused'`)).rowCount;
    const before = await count();
    const entries = [{ feedbackId, digest, outcome: 'accepted' as const, code: null }];
    await sendReceipt(receiptOf(parcel.digest, { entries }), changesOf());
    await flush();
    expect([await statesOf(dispatchId), (await count()) - before]).toEqual([['sent'], 1]);
  });

  test.each([
    [
      'that speaks of other bytes of the same answer',
      () => ({ digest: digestOf(Buffer.from('other bytes')) }),
    ],
    ['that says taken, and not what', () => ({ digest: null })],
  ])('%s', async (_what, changesOf) => {
    const { dispatchId, parcel, feedbackId } = await answerOne();
    const entries = [{ feedbackId, outcome: 'accepted' as const, code: null, ...changesOf() }];
    await sendReceipt(receiptOf(parcel.digest, { entries }));
    await flush();
    expect(await statesOf(dispatchId)).toEqual(['sent']);
  });

  test('that is for another parcel than the one in which the answer travelled', async () => {
    const first = await answerOne();
    const second = await answerOne();
    const { feedbackId, digest } = second;
    const entries = [{ feedbackId, digest, outcome: 'accepted' as const, code: null }];
    await sendReceipt(receiptOf(first.parcel.digest, { entries }));
    await flush();
    expect([await statesOf(first.dispatchId), await statesOf(second.dispatchId)]).toEqual([
      ['sent'],
      ['sent'],
    ]);
  });

  test('that comes after a positive one', async () => {
    const { dispatchId, parcel, feedbackId, digest } = await answerOne();
    const taken = { feedbackId, digest, outcome: 'accepted' as const, code: null };
    await sendReceipt(receiptOf(parcel.digest, { entries: [taken] }));
    await expectStates(dispatchId, 'receipted');
    await sendReceipt(
      receiptOf(parcel.digest, { entries: [{ ...taken, outcome: 'refused', code: 'id-reused' }] }),
    );
    await sendReceipt(receiptOf(parcel.digest, { outcome: 'refused', code: 'undecryptable' }));
    await flush();
    expect(await statesOf(dispatchId)).toEqual(['receipted']);
  });
});
