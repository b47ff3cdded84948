import { hubChannels } from '@liaison/hub-database';
import type { Queryable } from '@liaison/postgres';
import { generateKeyPair, type KeyPair } from '@liaison/seal';
import { ipv4Of } from '@liaison/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addEncryptionKey, enterAbilities, revokeNow } from '../setup/changing-directory.ts';
import {
  readAlarms,
  readDispatch,
  readEventTypes,
  readParticipantAlarms,
  untilDispatchTo,
  untilState,
} from '../setup/hub-records.ts';
import { passTime } from '../setup/passing-time.ts';
import { playContactPoint, type PlayedContactPoint } from '../setup/played-contact-point.ts';
import { submitBatches } from '../setup/submitting-batch.ts';
import { referralOf, submitAccepted, until } from '../setup/submitting.ts';
import { createTestHub, type TestHub } from '../setup/test-hub.ts';

let hub: TestHub & { close(): Promise<void> };
let belgium: PlayedContactPoint;
/** How often something was claimed to be decided. */
let tries = 0;

beforeAll(async () => {
  hub = await createTestHub({
    states: ['BE', 'FR'],
    reach: (point) => {
      if (point === 'decide:before-commit') tries += 1;
      return Promise.resolve();
    },
  });
  belgium = await playContactPoint(hub, 'cp-be');
});
afterAll(() => hub.close());

/** Works while the router decides nothing: its claim reads alarms, and intake does not. */
function withoutDeciding<T>(work: (tx: Queryable) => Promise<T>): Promise<T> {
  return hub.database.transaction(async (tx) => {
    await tx.query('lock table hub.alarm in access exclusive mode');
    return work(tx);
  });
}

/** What could not be decided is tried again when somebody's entry may have changed. */
async function tryAgain(): Promise<void> {
  await hub.database.query('select pg_notify($1, $2)', [hubChannels.participants, '']);
}

const referral = (): object => referralOf(hub, hub.newId());

/** Alters a byte; once more, and it is as it was. */
function alter(column: string): string {
  return `${column} = set_byte(${column}, 20, get_byte(${column}, 20) # 1)`;
}

const alterMessage = `update content.message set ${alter('sealed')} where message_id = $1`;
const alterKey = `update vault.content_key set ${alter('wrapped')} where referral_id = $1`;
const renameKey = `update vault.content_key set wrapping_key_id = reverse(wrapping_key_id) where referral_id = $1`;
const decideElsewhere = `insert into hub.decision (referral_id, version, policy_version, document, decided_at)
  values ($1, 1, 'elsewhere', '{}', '2026-01-01T00:00:00Z')`;
const forgetDecision = `delete from hub.decision where referral_id = $1`;

describe('a referral that cannot be decided holds up no other, and is decided once the cause is gone', () => {
  test.each([
    ['its bytes are altered', alterMessage, alterMessage],
    ['its key is altered', alterKey, alterKey],
    ['the key that wraps its key is not held', renameKey, renameKey],
    ['the database refuses its decision', decideElsewhere, forgetDecision],
  ])('%s', async (_why, spoil, mend) => {
    const [spoiled = '', well = ''] = await withoutDeciding(async (tx) => {
      const ids = await submitBatches(hub, [referral(), referral()]);
      await tx.query(spoil, [ids[0]]);
      return ids;
    });
    await untilDispatchTo(hub, well, 'cp-be');
    await until('an alarm', async () => (await readAlarms(hub, spoiled)).length > 0);
    // The second try begins when the first is over.
    const before = tries;
    await until('it is tried again', async () => {
      await tryAgain();
      return tries >= before + 2;
    });
    expect(await readAlarms(hub, spoiled)).toEqual(['referralUndecided']);
    expect(await readEventTypes(hub, spoiled)).toEqual(['referralAccepted']);
    await hub.database.query(mend, [spoiled]);
    await tryAgain();
    const { id } = await untilDispatchTo(hub, spoiled, 'cp-be');
    await belgium.parcelWith(id);
    expect(await readAlarms(hub, spoiled)).toEqual(['referralUndecided cleared']);
    expect(await readEventTypes(hub, spoiled)).toEqual(['referralAccepted', 'referralDecided']);
  });

  test('not even one that supplements it', async () => {
    const spoiled = await withoutDeciding(async (tx) => {
      const id = await submitAccepted(hub, referral());
      await tx.query(alterMessage, [id]);
      return id;
    });
    const relation = { type: 'supplement', reference: spoiled };
    const supplement = await submitAccepted(hub, { ...referral(), relation });
    await untilDispatchTo(hub, supplement, 'cp-be');
    expect(await readAlarms(hub, spoiled)).toEqual(['referralUndecided']);
  });
});

const able = { kinds: ['referral'], versions: ['1.0'] };
/** After so long the hub tries again what it could not read, and what it could not seal. */
const unreadableMs = 10 * 60_000;
const withoutKeyMs = 30_000;

test('a dispatch whose stored bytes do not open holds up no other, and goes once they do', async () => {
  // What is parked stands still while its bytes are altered.
  await enterAbilities(hub, 'cp-be', { ...able, kinds: ['question'] });
  await hub.restartRouter();
  const [first = '', second = ''] = await submitBatches(hub, [referral(), referral()]);
  const { id: spoiled } = await untilDispatchTo(hub, first, 'cp-be');
  const { id: well } = await untilDispatchTo(hub, second, 'cp-be');
  await untilState(hub, spoiled, 'parked');
  await hub.database.query(alterMessage, [spoiled]);
  await enterAbilities(hub, 'cp-be', able);
  await belgium.parcelWith(well);
  expect(await readAlarms(hub, spoiled)).toEqual(['contentUnreadable']);

  const readNext = async (): Promise<string> => {
    const { rows } = await hub.database.query<{ next: string }>(
      'select next_attempt_at as next from hub.dispatch where id = $1',
      [spoiled],
    );
    return rows[0]?.next ?? '';
  };
  const next = await readNext();
  await passTime(hub, unreadableMs);
  await until('it is tried again', async () => (await readNext()) > next);
  expect(await readAlarms(hub, spoiled)).toEqual(['contentUnreadable']);
  expect(await readDispatch(hub, spoiled)).toMatchObject({ state: 'sealed', attempts: 0 });

  await hub.database.query(alterMessage, [spoiled]);
  await passTime(hub, unreadableMs);
  await belgium.parcelWith(spoiled);
  expect(await readAlarms(hub, spoiled)).toEqual(['contentUnreadable cleared']);
});

describe('an addressee to whom nothing can be sealed holds up no other, and gets its own once it can', () => {
  async function submitForBoth(): Promise<{ belgian: string; french: string }> {
    const events = referralOf(hub, hub.newId()).networkEvents ?? [];
    const networkEvents = [...events, ...events.map((event) => ({ ...event, ipAddress: ipv4Of('FR', 1) }))];
    const referralId = await submitAccepted(hub, { ...referral(), networkEvents });
    const { id: belgian } = await untilDispatchTo(hub, referralId, 'cp-be');
    const { id: french } = await untilDispatchTo(hub, referralId, 'cp-fr');
    return { belgian, french };
  }

  const alarmsOf = async (code: string): Promise<string[]> =>
    (await readParticipantAlarms(hub, 'cp-be')).filter((alarm) => alarm.startsWith(code));

  async function holdNewKey(): Promise<KeyPair> {
    const key = await addEncryptionKey(hub, 'cp-be');
    belgium.hold(key);
    return key;
  }

  /** Submits twice for both. @returns the dispatches that wait for Belgium, when France's have gone. */
  async function submitAll(alarm: string): Promise<string[]> {
    const waiting: string[] = [];
    for (let count = 0; count < 2; count += 1) {
      const { belgian, french } = await submitForBoth();
      await untilState(hub, french, 'sent');
      await until('an alarm', async () => (await alarmsOf(alarm)).length > 0);
      waiting.push(belgian);
    }
    for (const id of waiting)
      expect(await readDispatch(hub, id)).toMatchObject({ state: 'sealed', attempts: 0 });
    expect(await alarmsOf(alarm)).toEqual([alarm]);
    return waiting;
  }

  test('because the directory has no key for it', async () => {
    await revokeNow(hub, 'cp-be', belgium.installed.encryption.kid);
    await hub.restartRouter();
    const waiting = await submitAll('addresseeKeyMissing');
    const key = await holdNewKey();
    for (const id of waiting) expect((await belgium.parcelWith(id)).recipientKid).toBe(key.kid);
    expect(await alarmsOf('addresseeKeyMissing')).toEqual(['addresseeKeyMissing cleared']);
  });

  test('because its key is not what its id says', async () => {
    const { kid, publicJwk } = await holdNewKey();
    const list = (jwk: object): Promise<unknown> =>
      hub.database.query('update hub.participant_key set jwk = $2 where kid = $1', [
        kid,
        JSON.stringify(jwk),
      ]);
    await list(generateKeyPair().publicJwk);
    await hub.restartRouter();
    const waiting = await submitAll('parcelNotPacked');
    await list(publicJwk);
    await hub.restartRouter();
    await passTime(hub, withoutKeyMs);
    for (const id of waiting) await belgium.parcelWith(id);
    expect(await alarmsOf('parcelNotPacked')).toEqual(['parcelNotPacked cleared']);
  });
});
