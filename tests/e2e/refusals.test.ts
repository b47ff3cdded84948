import type { KeyPair } from '@liaison/seal';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addEncryptionKey, enterAbilities, revokeNow } from '../setup/changing-directory.ts';
import {
  readAlarms,
  readDispatch,
  readEventTypes,
  untilDispatchTo,
  untilState,
} from '../setup/hub-records.ts';
import { passTime } from '../setup/passing-time.ts';
import {
  playContactPoint,
  type PlayedContactPoint,
  type ReceivedParcel,
} from '../setup/played-contact-point.ts';
import { receiveReferral, type Received } from '../setup/receiving.ts';
import {
  accepted,
  notOpened,
  refused,
  signReceipt,
  untilRead,
  type Said,
} from '../setup/signing-as-contact-point.ts';
import { submitBatches } from '../setup/submitting-batch.ts';
import { referralOf, submitAccepted } from '../setup/submitting.ts';
import { createTestHub, type TestHub } from '../setup/test-hub.ts';

let hub: TestHub & { close(): Promise<void> };
let belgium: PlayedContactPoint;

beforeAll(async () => {
  hub = await createTestHub({ states: ['BE'] });
  belgium = await playContactPoint(hub, 'cp-be');
});
afterAll(() => hub.close());

const receive = (): Promise<Received> => receiveReferral(hub, belgium);

async function answer(parcel: ReceivedParcel, said: Said): Promise<void> {
  await belgium.send(await signReceipt(hub, belgium.installed, { parcel, said }));
}

async function holdNewKey(): Promise<KeyPair> {
  const key = await addEncryptionKey(hub, 'cp-be');
  belgium.hold(key);
  return key;
}

/** The hub packs again after a second. */
const passSecond = (): Promise<void> => passTime(hub, 1_000);

async function countRefused(dispatchId: string): Promise<number> {
  return (await readEventTypes(hub, dispatchId)).filter((type) => type === 'dispatchRefused').length;
}

const bytesOf = ({ messages }: ReceivedParcel): string[] => messages.map(({ jws }) => jws);
const able = { kinds: ['referral'], versions: ['1.0'] };

describe('a parcel that its addressee cannot open', () => {
  test('travels again: the same signed bytes, in a new parcel, to the key that is current then', async () => {
    const { id, parcel } = await receive();
    const key = await holdNewKey();
    await answer(parcel, notOpened);
    await untilState(hub, id, 'sealed');
    await passSecond();
    const again = await belgium.parcelWith(id, 2);
    expect(bytesOf(again)).toEqual(bytesOf(parcel));
    expect(again.parcelId).not.toBe(parcel.parcelId);
    expect([again.recipientKid, parcel.recipientKid]).toEqual([key.kid, belgium.installed.encryption.kid]);
    expect(await readAlarms(hub, id)).toEqual(['dispatchUndecryptable']);
    await answer(again, accepted(again));
    await untilState(hub, id, 'receipted');
    expect(await readAlarms(hub, id)).toEqual(['dispatchUndecryptable cleared']);
    expect((await readEventTypes(hub, id)).toSorted()).toEqual([
      'dispatchReceipted',
      'dispatchRefused',
      'dispatchSealed',
      'dispatchSent',
      'dispatchSent',
    ]);
  });

  test.each([
    ['has another key', () => holdNewKey()],
    ['has taken back the key that did not open it', (kid: string) => revokeNow(hub, 'cp-be', kid)],
  ])('three times is parked with an alarm, and goes again once its addressee %s', async (_when, change) => {
    await holdNewKey();
    const { id, parcel } = await receive();
    for (const count of [1, 2, 3]) {
      await answer(await belgium.parcelWith(id, count), notOpened);
      await untilState(hub, id, count < 3 ? 'sealed' : 'parked');
      await passSecond();
    }
    expect(await readDispatch(hub, id)).toMatchObject({ refusal_code: 'undecryptable', attempts: 3 });
    expect(await readAlarms(hub, id)).toEqual(['dispatchParked', 'dispatchUndecryptable']);
    await hub.restartRouter();
    expect((await readDispatch(hub, id)).state).toBe('parked');
    await change(parcel.recipientKid);
    const again = await belgium.parcelWith(id, 4);
    expect(bytesOf(again)).toEqual(bytesOf(parcel));
    expect(again.recipientKid).not.toBe(parcel.recipientKid);
    expect(await readAlarms(hub, id)).toEqual(['dispatchParked cleared', 'dispatchUndecryptable cleared']);
    await answer(again, accepted(again));
    await untilState(hub, id, 'receipted');
  });

  test('counts once, however often its refusal comes', async () => {
    const { id, parcel } = await receive();
    await answer(parcel, notOpened);
    await answer(parcel, notOpened);
    await untilRead(hub, belgium);
    expect([(await readDispatch(hub, id)).state, await countRefused(id)]).toEqual(['sealed', 1]);
    await passSecond();
    const again = await belgium.parcelWith(id, 2);
    await answer(parcel, notOpened);
    await untilRead(hub, belgium);
    expect([(await readDispatch(hub, id)).attempts, await countRefused(id)]).toEqual([2, 1]);
    await answer(again, accepted(again));
    await untilState(hub, id, 'receipted');
  });
});

describe('a message that its addressee does not understand', () => {
  test.each([
    ['kind-unknown', { ...able, kinds: [] }],
    ['version-unknown', { ...able, versions: ['2.0'] }],
  ] as const)('%s: is parked until the directory says otherwise', async (code, unable) => {
    const { id, parcel } = await receive();
    await answer(parcel, refused(parcel, code));
    await untilState(hub, id, 'parked');
    expect(await readAlarms(hub, id)).toEqual(['dispatchParked']);
    // Whoever starts takes up all that is free: by a directory that has not changed, and by one that lists too little.
    const parked = { state: 'parked', refusal_code: code, attempts: 1 };
    await hub.restartRouter();
    expect(await readDispatch(hub, id)).toMatchObject(parked);
    await enterAbilities(hub, 'cp-be', unable);
    await hub.restartRouter();
    expect(await readDispatch(hub, id)).toMatchObject(parked);
    await enterAbilities(hub, 'cp-be', able);
    const again = await belgium.parcelWith(id, 2);
    expect(bytesOf(again)).toEqual(bytesOf(parcel));
    expect(await readAlarms(hub, id)).toEqual(['dispatchParked cleared']);
    await answer(again, accepted(again));
    await untilState(hub, id, 'receipted');
    expect((await readDispatch(hub, id)).refusal_code).toBeNull();
  });

  test('is not even sent while the directory says so, and goes once it says otherwise', async () => {
    await enterAbilities(hub, 'cp-be', { ...able, kinds: ['question'] });
    await hub.restartRouter();
    const referralId = await submitAccepted(hub, referralOf(hub, 'unlisted-1'));
    const { id } = await untilDispatchTo(hub, referralId, 'cp-be');
    await untilState(hub, id, 'parked');
    expect(await readDispatch(hub, id)).toMatchObject({ refusal_code: 'kind-unlisted', attempts: 0 });
    expect(await readEventTypes(hub, id)).toEqual(['dispatchSealed', 'dispatchParked']);
    await enterAbilities(hub, 'cp-be', able);
    const parcel = await belgium.parcelWith(id);
    await answer(parcel, accepted(parcel));
    await untilState(hub, id, 'receipted');
  });
});

describe('a message that its addressee does not trust', () => {
  test('is parked with an alarm, and no change of the directory alone sets it free', async () => {
    const understoodLater = await receive();
    const mistrusted = await receive();
    await answer(understoodLater.parcel, refused(understoodLater.parcel, 'kind-unknown'));
    await answer(mistrusted.parcel, refused(mistrusted.parcel, 'signature-invalid'));
    await untilState(hub, mistrusted.id, 'parked');
    expect(await readAlarms(hub, mistrusted.id)).toEqual(['dispatchSignatureRefused']);
    await enterAbilities(hub, 'cp-be', { ...able, versions: ['1.0', '1.1'] });
    // One statement takes up both, if it takes up both.
    await belgium.parcelWith(understoodLater.id, 2);
    expect(await readDispatch(hub, mistrusted.id)).toMatchObject({
      state: 'parked',
      refusal_code: 'signature-invalid',
      attempts: 1,
    });
    expect((await readEventTypes(hub, mistrusted.id)).at(-1)).toBe('dispatchParked');
  });

  test('is one that the receipt of an opened parcel leaves out', async () => {
    const referrals = ['left-out-1', 'left-out-2'].map((reference) => referralOf(hub, reference));
    const [first = '', second = ''] = await submitBatches(hub, referrals);
    const { id: named } = await untilDispatchTo(hub, first, 'cp-be');
    const { id: leftOut } = await untilDispatchTo(hub, second, 'cp-be');
    const parcel = await belgium.parcelWith(named);
    expect(await belgium.parcelWith(leftOut)).toBe(parcel);
    await answer(
      parcel,
      accepted({ messages: parcel.messages.filter(({ header }) => header.jti === named) }),
    );
    await untilState(hub, named, 'receipted');
    expect(await readDispatch(hub, leftOut)).toMatchObject({
      state: 'parked',
      refusal_code: 'entry-missing',
    });
    expect(await readAlarms(hub, leftOut)).toEqual(['dispatchSignatureRefused']);
  });

  test('and takes after all is delivered: that has the last word, and clears the alarms', async () => {
    const { id, parcel } = await receive();
    await answer(parcel, refused(parcel, 'signature-invalid'));
    await untilState(hub, id, 'parked');
    await answer(parcel, accepted(parcel));
    await untilState(hub, id, 'receipted');
    expect(await readAlarms(hub, id)).toEqual(['dispatchSignatureRefused cleared']);
    await answer(parcel, refused(parcel, 'signature-invalid'));
    await answer(parcel, notOpened);
    await untilRead(hub, belgium);
    expect(await readDispatch(hub, id)).toMatchObject({ state: 'receipted', refusal_code: null });
    expect([await readAlarms(hub, id), await countRefused(id)]).toEqual([
      ['dispatchSignatureRefused cleared'],
      1,
    ]);
  });
});
