import type { DeliveryReceipt, Parcel } from '@liaison/contracts';
import { limits } from '@liaison/contracts';
import { digestOf, encryptParcel } from '@liaison/seal';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startContactPoint, type StartedContactPoint } from './start-contact-point.ts';

let started: StartedContactPoint;

beforeAll(async () => {
  started = await startContactPoint();
});
afterAll(() => started.close());

async function readRows<Row>(statement: string): Promise<readonly Row[]> {
  return (await started.inbox.query<Row & Record<string, unknown>>(statement)).rows;
}

async function storedIds(): Promise<string[]> {
  return (await readRows<{ id: string }>('select id from inbox.dispatch')).map(({ id }) => id);
}

/** An honest dispatch, as its parcel would hold it. */
async function honest(): Promise<{ id: string; jws: string; digest: string }> {
  return started.hub.signDispatch();
}

async function expectNextIsTaken(): Promise<void> {
  const { id, jws, digest } = await honest();
  const receipt = await started.hub.deliver(await started.hub.sealParcel([jws]));
  const taken = { dispatchId: id, digest, outcome: 'accepted', code: null };
  expect(receipt).toMatchObject({ outcome: 'opened', code: null, entries: [taken] });
  expect(await storedIds()).toContain(id);
}

/** Encrypts to the contact point what is no parcel. */
async function sealOther(content: unknown): Promise<Buffer> {
  const { kid, listed } = started.members.belgium.encryption;
  return Buffer.from(await encryptParcel(content as Parcel, { kid, jwk: listed.jwk }));
}

function changeByte(text: Buffer, at: number): Buffer {
  const changed = Buffer.from(text);
  changed[at] = changed[at] === 0x41 ? 0x42 : 0x41;
  return changed;
}

/** In the form of a JWS, so that a hundred and one stay below the size that a parcel may have. */
const tiny = `e30.e30.${'A'.repeat(86)}`;

type MakeRecord = (jws: string) => Promise<Buffer> | Buffer;

const notOpened: readonly (readonly [string, MakeRecord])[] = [
  ['bytes that mean nothing', () => Buffer.from([0xff, 0x00, 0x2e, 0xfe, 0x80])],
  ['a record of one byte', () => Buffer.from('.')],
  ['text of four parts', () => Buffer.from('a.b.c.d')],
  ['a parcel without its last part', async (jws) => (await started.hub.sealParcel([jws])).subarray(0, -23)],
  [
    'a parcel that is larger than any may be',
    async (jws) =>
      Buffer.concat([await started.hub.sealParcel([jws]), Buffer.alloc(limits.parcelBytes, 'A')]),
  ],
  [
    'a parcel whose text was altered',
    async (jws) => {
      const parcel = await started.hub.sealParcel([jws]);
      return changeByte(parcel, parcel.length - 60);
    },
  ],
  [
    'a parcel that was encrypted to the key of another contact point',
    (jws) => started.hub.sealParcel([jws], { recipient: started.members.france.encryption }),
  ],
];

const malformed: readonly (readonly [string, MakeRecord])[] = [
  [
    'a parcel that another addressee encrypted again',
    (jws) => started.hub.sealParcel([jws], { to: 'cp-fr' }),
  ],
  [
    'a parcel that says it is from a provider',
    (jws) => started.hub.sealParcel([jws], { from: 'example-chat' }),
  ],
  ['a parcel that says it is from its addressee', (jws) => started.hub.sealParcel([jws], { from: 'cp-be' })],
  ['a parcel of 101 messages', () => started.hub.sealParcel(Array.from({ length: 101 }, () => tiny))],
  ['a parcel without messages', () => started.hub.sealParcel([])],
  ['a parcel of what is no JWS', () => started.hub.sealParcel(['hello'])],
  ['a parcel whose id is none', (jws) => started.hub.sealParcel([jws], { parcelId: '7' })],
  [
    'a parcel with a member too many',
    (jws) => sealOther({ parcelId: started.newId(), from: 'hub', to: 'cp-be', messages: [jws], cc: 'cp-fr' }),
  ],
  ['JSON that is no parcel', () => sealOther({ hello: 'world' })],
  ['JSON with half a character', () => sealOther({ hello: '\ud800' })],
  ['JSON that is no object', () => sealOther('hello')],
];

async function expectRefused(record: Buffer, code: string): Promise<void> {
  const before = await storedIds();
  const receipt = await started.hub.deliver(record);
  expect(receipt).toEqual({
    schemaVersion: '1.0',
    parcelId: null,
    parcelDigest: digestOf(record),
    receivedAt: receipt.receivedAt,
    outcome: 'refused',
    code,
    entries: [],
  } satisfies DeliveryReceipt);
  expect(await storedIds()).toEqual(before);
  const events = await readRows(
    `select code from inbox.security_event where subject_id = '${digestOf(record)}'`,
  );
  expect(events).toEqual([{ code }]);
}

describe('a record that cannot be opened gets a negative receipt that names its bytes', () => {
  test.each(notOpened)('%s: undecryptable', async (_what, makeRecord) => {
    await expectRefused(await makeRecord((await honest()).jws), 'undecryptable');
    await expectNextIsTaken();
  });

  test.each(malformed)('%s: parcel-malformed', async (_what, makeRecord) => {
    await expectRefused(await makeRecord((await honest()).jws), 'parcel-malformed');
    await expectNextIsTaken();
  });
});

describe('three parts are a receipt of the hub, or nothing', () => {
  test('a dispatch outside of a parcel is stored nowhere, answered nowhere, and an event of security', async () => {
    const { id, jws } = await honest();
    await started.hub.send(Buffer.from(jws));
    // Records keep their order: when the next one is taken, this one has been looked at.
    const receiptsBefore = started.hub.receiptRecords().length;
    await expectNextIsTaken();
    expect(started.hub.receiptRecords()).toHaveLength(receiptsBefore + 1);
    expect(await storedIds()).not.toContain(id);
    const events = await readRows(
      `select code, subject_id from inbox.security_event where code = 'receipt-refused'`,
    );
    expect(events).toEqual([{ code: 'receipt-refused', subject_id: null }]);
  });
});

test('none of them was beyond the contact point', async () => {
  expect(await readRows('select * from inbox.quarantined_record')).toEqual([]);
});
