import { randomBytes } from 'node:crypto';
import type { DeliveryReceipt } from '@liaison/contracts';
import { digestOf, encryptParcel, generateKeyPair, type ReadJws } from '@liaison/seal';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAlarms, readDispatch, readEvents, readEventTypes, untilState } from '../setup/hub-records.ts';
import {
  playContactPoint,
  type PlayedContactPoint,
  type ReceivedParcel,
} from '../setup/played-contact-point.ts';
import { readAs, type Status } from '../setup/reading.ts';
import { receiveReferral, type Received } from '../setup/receiving.ts';
import {
  accepted,
  notOpened,
  sealToHub,
  signFeedback,
  signReceipt,
  untilRead,
} from '../setup/signing-as-contact-point.ts';
import { createTestHub, type TestHub } from '../setup/test-hub.ts';

let hub: TestHub & { close(): Promise<void> };
let belgium: PlayedContactPoint;
let france: PlayedContactPoint;

beforeAll(async () => {
  hub = await createTestHub({ states: ['BE', 'FR'] });
  belgium = await playContactPoint(hub, 'cp-be');
  france = await playContactPoint(hub, 'cp-fr');
});
afterAll(() => hub.close());

const receive = (): Promise<Received> => receiveReferral(hub, belgium);

const acknowledged = { kind: 'acknowledged', caseNumber: '7' };

async function sealAnswer(
  to: ReadJws,
  content: Readonly<Record<string, unknown>>,
  other: { readonly from?: PlayedContactPoint; readonly id?: string } = {},
): Promise<Buffer> {
  const { installed } = other.from ?? belgium;
  const jws = await signFeedback(hub, installed, {
    to,
    content,
    ...(other.id === undefined ? {} : { id: other.id }),
  });
  return sealToHub(hub, installed, [jws]);
}

async function sendAnswer(...answer: Parameters<typeof sealAnswer>): Promise<DeliveryReceipt> {
  const from = answer[2]?.from ?? belgium;
  const record = await sealAnswer(...answer);
  await from.send(record);
  return from.hubReceiptFor(record);
}

/** What a receipt of the hub says of each answer. */
const saidOf = ({ entries }: DeliveryReceipt): string[] =>
  entries.map(({ outcome, code }) => `${outcome}${code === null ? '' : ` ${code}`}`);

describe('a receipt changes nothing but raises an alarm', () => {
  const somewhere = (digest: string): Pick<ReceivedParcel, 'digest' | 'parcelId'> => ({
    digest,
    parcelId: hub.newId(),
  });

  test('for bytes that were never sent', async () => {
    const { id, parcel } = await receive();
    const unknown = somewhere(digestOf(randomBytes(32)));
    const jws = await signReceipt(hub, belgium.installed, { parcel: unknown, said: accepted(parcel) });
    await belgium.send(jws);
    await untilRead(hub, belgium);
    expect(await readAlarms(hub, unknown.digest)).toEqual(['receiptForOtherBytes']);
    expect((await readDispatch(hub, id)).state).toBe('sent');
  });

  test.each([
    ['that names the digest of other bytes', digestOf(Buffer.from('other'))],
    ['that names no digest', null],
  ])('%s', async (_which, digest) => {
    const { id, parcel } = await receive();
    const { entries, ...rest } = accepted(parcel);
    const said = { ...rest, entries: entries.map((entry) => ({ ...entry, digest })) };
    await belgium.send(await signReceipt(hub, belgium.installed, { parcel, said }));
    await untilRead(hub, belgium);
    expect(await readAlarms(hub, id)).toEqual(['receiptForOtherBytes']);
    expect((await readDispatch(hub, id)).state).toBe('sent');
    // Nor does it stand in the way of a true one.
    await belgium.send(await signReceipt(hub, belgium.installed, { parcel, said: notOpened }));
    await untilState(hub, id, 'sealed');
  });

  test('that names a dispatch of another parcel', async () => {
    const [own, other] = [await receive(), await receive()];
    const said = accepted({ messages: [own.message, other.message] });
    await belgium.send(await signReceipt(hub, belgium.installed, { parcel: own.parcel, said }));
    await untilState(hub, own.id, 'receipted');
    expect(await readAlarms(hub, other.id)).toEqual(['receiptForOtherBytes']);
    expect((await readDispatch(hub, other.id)).state).toBe('sent');
  });

  test("for another addressee's parcel", async () => {
    const { id, parcel } = await receive();
    await france.send(await signReceipt(hub, france.installed, { parcel, said: accepted(parcel) }));
    await untilRead(hub, france);
    expect(await readAlarms(hub, parcel.digest)).toEqual(['receiptForOtherBytes']);
    expect((await readDispatch(hub, id)).state).toBe('sent');
  });

  test("by another participant's key, or whose signature does not hold", async () => {
    const { id, parcel } = await receive();
    const receipt = { parcel, said: accepted(parcel) };
    const foreign = await signReceipt(hub, france.installed, receipt);
    const [own, again] = [
      await signReceipt(hub, belgium.installed, receipt),
      await signReceipt(hub, belgium.installed, receipt),
    ];
    const forged = own.slice(0, own.lastIndexOf('.')) + again.slice(again.lastIndexOf('.'));
    await belgium.send(foreign, forged);
    await untilRead(hub, belgium);
    expect(await readAlarms(hub, 'key-unknown')).toEqual(['answerRefused']);
    expect(await readAlarms(hub, 'signature-invalid')).toEqual(['answerRefused']);
    expect((await readDispatch(hub, id)).state).toBe('sent');
  });
});

test('a receipt that comes twice, or signed anew, has one effect', async () => {
  const { id, parcel } = await receive();
  const receipt = { parcel, said: accepted(parcel) };
  const jws = await signReceipt(hub, belgium.installed, receipt);
  await belgium.send(jws, jws);
  await untilState(hub, id, 'receipted');
  await belgium.send(jws, await signReceipt(hub, belgium.installed, receipt));
  await untilRead(hub, belgium);
  expect((await readEventTypes(hub, id)).filter((type) => type === 'dispatchReceipted')).toHaveLength(1);
  expect(await readAlarms(hub, id)).toEqual([]);
});

describe('what the hub cannot read is answered or put aside, and the next record is taken', () => {
  async function expectNextTaken(poison: string | Uint8Array): Promise<void> {
    const { id, parcel } = await receive();
    const next = await signReceipt(hub, belgium.installed, { parcel, said: accepted(parcel) });
    await belgium.send(poison, next);
    await untilState(hub, id, 'receipted');
  }

  test.each([
    ['text', 'hello', 'part-count-wrong'],
    ['bytes', Buffer.from([0, 255, 46, 0, 255, 46, 254]), 'base64url-invalid'],
  ])('%s', async (_what, poison, code) => {
    await expectNextTaken(poison);
    expect(await readAlarms(hub, code)).toEqual(['answerRefused']);
  });

  test('an answer outside of a parcel', async () => {
    const { id, message } = await receive();
    await expectNextTaken(await signFeedback(hub, belgium.installed, { to: message, content: acknowledged }));
    expect(await readAlarms(hub, 'typ-wrong')).toEqual(['answerRefused']);
    expect((await readDispatch(hub, id)).answer).toBeNull();
  });

  async function sealFor(changes: {
    readonly from?: string;
    readonly to?: string;
    readonly foreign?: boolean;
  }) {
    const { kid, publicJwk } = changes.foreign === true ? generateKeyPair() : hub.installation.hub.encryption;
    const { from = 'cp-be', to = 'hub' } = changes;
    const parcel = { parcelId: hub.newId(), from, to, messages: ['e30.e30.e30'] };
    return Buffer.from(await encryptParcel(parcel, { kid, jwk: publicJwk }));
  }

  test.each([
    ['a parcel to a key that the hub does not hold', { foreign: true }, 'undecryptable'],
    ['a parcel of another sender', { from: 'cp-fr' }, 'parcel-malformed'],
    ['a parcel to another addressee', { to: 'cp-fr' }, 'parcel-malformed'],
  ])('%s', async (_what, changes, code) => {
    const record = await sealFor(changes);
    await expectNextTaken(record);
    expect(await belgium.hubReceiptFor(record)).toMatchObject({
      parcelId: null,
      outcome: 'refused',
      code,
      entries: [],
    });
  });

  test('a parcel in which only one message is well', async () => {
    const { message } = await receive();
    const { installed } = belgium;
    const good = await signFeedback(hub, installed, { to: message, content: acknowledged });
    const unknownKind = await signFeedback(hub, installed, { to: message, content: { kind: 'arrested' } });
    const foreign = await signFeedback(hub, france.installed, { to: message, content: acknowledged });
    const record = await sealToHub(hub, installed, ['e30.e30.e30', unknownKind, foreign, good]);
    await belgium.send(record);
    const receipt = await belgium.hubReceiptFor(record);
    expect(receipt.outcome).toBe('opened');
    expect(saidOf(receipt)).toEqual(['refused schema-invalid', 'accepted']);
  });

  test('a record that the database refuses is quarantined', async () => {
    const { message } = await receive();
    const hold = { kind: 'noRemovalHold', until: '2027-01-01T00:00:00.000Z', ground: 'other' };
    const record = await sealAnswer(message, hold);
    // As when a migration went wrong.
    await hub.database.query(
      `alter table hub.feedback add constraint no_holds check (kind <> 'noRemovalHold') not valid`,
    );
    await expectNextTaken(record);
    await hub.database.query('alter table hub.feedback drop constraint no_holds');
    const { rows } = await hub.database.query<{ offset: number; codes: string[] }>(
      'select "offset", codes from hub.quarantined_record where digest = $1',
      [digestOf(record)],
    );
    expect(rows.map(({ codes }) => codes[0])).toEqual(['statement-failed']);
    expect(await readAlarms(hub, `${rows[0]?.offset}`)).toEqual(['recordQuarantined']);
  });
});

describe('an answer', () => {
  async function readKept(dispatchId: string): Promise<unknown[]> {
    const { rows } = await hub.database.query(
      'select kind, "sequence", effective from hub.feedback where dispatch_id = $1 order by received_at',
      [dispatchId],
    );
    return [...rows];
  }

  test('that comes twice has one effect, and its parcel gets the very same receipt again', async () => {
    const { id, message } = await receive();
    const answerId = hub.newId();
    const jws = await signFeedback(hub, belgium.installed, {
      id: answerId,
      to: message,
      content: acknowledged,
    });
    const record = await sealToHub(hub, belgium.installed, [jws]);
    await belgium.send(record);
    await belgium.hubReceiptsFor(record);
    await belgium.send(record);
    const [first, second] = await belgium.hubReceiptsFor(record, 2);
    expect(second).toBe(first);
    const anew = await sealToHub(hub, belgium.installed, [jws]);
    await belgium.send(anew);
    expect(saidOf(await belgium.hubReceiptFor(anew))).toEqual(['accepted']);
    expect(await readKept(id)).toEqual([{ kind: 'acknowledged', sequence: 1, effective: true }]);
    expect(await readEventTypes(hub, answerId)).toEqual(['feedbackReceived']);
  });

  test.each([
    ['by its own sender', () => belgium],
    ['by another', () => france],
  ])('whose id is used again for another one %s stands, and the other is refused', async (_whose, from) => {
    const { id, message } = await receive();
    const answerId = hub.newId();
    await sendAnswer(message, acknowledged, { id: answerId });
    const declined = { kind: 'declined', reason: 'notCompetent', suggestedCompetent: [], sequence: 2 };
    const receipt = await sendAnswer(message, declined, { id: answerId, from: from() });
    expect(saidOf(receipt)).toEqual(['refused id-reused']);
    expect(await readAlarms(hub, answerId)).toEqual(['feedbackIdReused']);
    expect((await readDispatch(hub, id)).answer).toBe('acknowledged');
    expect(await readKept(id)).toHaveLength(1);
  });

  test('that a later one has overtaken is kept without effect', async () => {
    const { id, referralId, message } = await receive();
    await sendAnswer(message, { ...acknowledged, sequence: 2 });
    const overtakenId = hub.newId();
    const request = { kind: 'informationRequested', requested: ['ports'], sequence: 1 };
    expect(saidOf(await sendAnswer(message, request, { id: overtakenId }))).toEqual(['accepted']);
    const declined = { kind: 'declined', reason: 'notCompetent', suggestedCompetent: [], sequence: 2 };
    expect(saidOf(await sendAnswer(message, declined))).toEqual(['accepted']);
    expect(await readKept(id)).toEqual([
      { kind: 'acknowledged', sequence: 2, effective: true },
      { kind: 'informationRequested', sequence: 1, effective: false },
      { kind: 'declined', sequence: 2, effective: false },
    ]);
    expect((await readEvents(hub, overtakenId)).map(({ facts }) => facts.state)).toEqual(['overtaken']);
    expect((await readDispatch(hub, id)).answer).toBe('acknowledged');
    const { body } = await readAs<Status>(hub, `/v1/referrals/${referralId}`);
    expect([body.state, body.informationRequests]).toEqual(['forwarded', []]);
  });

  test('to a dispatch that its sender never got is refused with an alarm', async () => {
    const { id, message } = await receive();
    const answerId = hub.newId();
    const receipt = await sendAnswer(message, acknowledged, { id: answerId, from: france });
    expect(saidOf(receipt)).toEqual(['refused in-reply-to-unknown']);
    expect(await readAlarms(hub, answerId)).toEqual(['answerRefused']);
    expect([(await readDispatch(hub, id)).answer, await readKept(id)]).toEqual([null, []]);
  });
});
