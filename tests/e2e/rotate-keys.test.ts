import type { ContactPointEntry } from '@liaison/contact-point';
import type { ContactPointApi, Problem } from '@liaison/contracts';
import type { DirectoryKey } from '@liaison/directory';
import { contactPointEntry } from '@liaison/local';
import { revokeKey } from '@liaison/router';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startFollowingContactPoint, type FollowingContactPoint } from '../setup/following-contact-point.ts';
import { enrolmentDepsOf, runHubCommandWell } from '../setup/hub-command.ts';
import { makeOutsideKey, type OutsideKey } from '../setup/outside-keys.ts';
import { startReferralStream, type StreamedReferral } from '../setup/referral-stream.ts';
import { readAs } from '../setup/reading.ts';
import { referralOf, senderKey, submit, submitAccepted, until } from '../setup/submitting.ts';
import { createTestHub, type TestHub } from '../setup/test-hub.ts';

type OpenedDispatch = ContactPointApi['schemas']['OpenedDispatch'];

let hub: TestHub & { close(): Promise<void> };
/** The contact point of Belgium as its staff have set it up so far. */
let entry: ContactPointEntry;
let belgium: FollowingContactPoint;

beforeAll(async () => {
  hub = await createTestHub({ states: ['BE'] });
  const installed = hub.installation.contactPoints.find(({ participant }) => participant.id === 'cp-be');
  if (installed === undefined) throw new Error('no such contact point');
  entry = await contactPointEntry(installed, hub.surroundings);
  belgium = await startFollowingContactPoint(hub, entry);
});
afterAll(async () => {
  await belgium.close();
  await hub.close();
});

const now = (): string => new Date(hub.clock.nowMs()).toISOString();

async function untilListed(
  participantId: string,
  kid: string,
  is: (key: DirectoryKey) => boolean = () => true,
): Promise<void> {
  await until('the directory says so', async () => {
    const key = (await hub.readDirectory()).key(participantId, kid);
    return key !== undefined && is(key);
  });
}

/** Adds keys with the hub's command, and waits until everyone can read of them. */
async function addKeys(participantId: string, keys: readonly OutsideKey[]): Promise<void> {
  const files = { 'keys.json': { keys: keys.map((key) => key.entry) } };
  const printed = await runHubCommandWell(hub, ['add-keys', participantId, '--jwks', 'keys.json'], files);
  expect(printed).toEqual({ added: keys.map(({ kid }) => kid) });
  for (const { kid } of keys) await untilListed(participantId, kid);
}

/** Revokes a key, and waits until everyone can read of it. */
async function revoke(revocation: { participantId: string; kid: string; since: string }): Promise<void> {
  await hub.database.transaction((tx) => revokeKey(tx, revocation, enrolmentDepsOf(hub)));
  const { participantId, kid, since } = revocation;
  await untilListed(participantId, kid, ({ revoked }) => revoked?.since === since);
}

/** The states of Belgium's dispatches of these referrals, and how many are in each. */
async function readDispatches(referralIds: readonly (string | null)[]): Promise<readonly object[]> {
  const { rows } = await hub.database.query(
    `select state, count(*) as count from hub.dispatch
     where addressee_id = 'cp-be' and referral_id = any($1) group by state`,
    [referralIds],
  );
  return rows;
}

/** How many parcels to Belgium were sealed to a key: those that were sent, and those of them that were taken. */
async function countParcels(kid: string): Promise<{ sent: number; taken: number }> {
  const { rows } = await hub.database.query<{ sent: number; taken: number }>(
    `select count(sent_at) as sent, count(receipted_at) filter (where code is null) as taken
     from hub.parcel where recipient_kid = $1`,
    [kid],
  );
  return rows[0] ?? { sent: 0, taken: 0 };
}

/** Expects that all of a stream were accepted and delivered, and that nothing on the way raised an alarm. */
async function expectDelivered(streamed: readonly StreamedReferral[]): Promise<void> {
  expect(streamed.filter(({ status }) => status !== 201)).toEqual([]);
  const ids = streamed.map(({ referralId }) => referralId);
  await expect
    .poll(() => readDispatches(ids), { timeout: 10_000 })
    .toEqual([{ state: 'receipted', count: ids.length }]);
  const { rows } = await hub.database.query('select code from hub.alarm');
  expect(rows).toEqual([]);
}

describe('while referrals flow', () => {
  test('a sender goes over to a new key and its old one is revoked, and nothing is refused', async () => {
    const oldKey = senderKey(hub, 'example-chat');
    const next = await makeOutsideKey('sig');
    const stream = startReferralStream(hub, 'example-chat');
    await stream.more(5);
    await addKeys('example-chat', [next]);
    await stream.more(5);
    stream.signWith(next.key);
    await stream.more(5);
    const since = now();
    const command = ['revoke-key', 'example-chat', oldKey.kid, '--since', since];
    expect(await runHubCommandWell(hub, command)).toEqual({ revoked: oldKey.kid });
    await untilListed('example-chat', oldKey.kid, ({ revoked }) => revoked?.since === since);
    await stream.more(5);
    const late = await submit(hub, referralOf(hub, 'late-1'), { key: oldKey });
    const streamed = await stream.stop();
    expect([late.status, late.body.code]).toEqual([401, 'key-revoked']);
    expect(new Set(streamed.map(({ kid }) => kid))).toEqual(new Set([oldKey.kid, next.kid]));
    await expectDelivered(streamed);
  });

  test('a contact point goes over to new keys: parcels to the old one still open, and nothing is refused', async () => {
    const { signingKey: oldSigning, decryptionKeys } = entry;
    const [oldEncryption = oldSigning] = decryptionKeys;
    const signing = await makeOutsideKey('sig');
    const encryption = await makeOutsideKey('enc');
    const stream = startReferralStream(hub, 'example-social');
    await stream.more(3);
    await belgium.close();
    const before = await countParcels(oldEncryption.kid);
    await until('parcels to the old key are on their way', async () => {
      return (await countParcels(oldEncryption.kid)).sent > before.sent + 2;
    });
    await addKeys('cp-be', [signing, encryption]);
    await until('parcels go to the new key', async () => (await countParcels(encryption.kid)).sent > 2);
    const waiting = await countParcels(oldEncryption.kid);
    expect(waiting.sent).toBeGreaterThan(waiting.taken);
    entry = { ...entry, signingKey: signing.key, decryptionKeys: [encryption.key, ...decryptionKeys] };
    belgium = await startFollowingContactPoint(hub, entry);
    await until('parcels to the new key are taken', async () => {
      return (await countParcels(encryption.kid)).taken > 2;
    });
    await revoke({ participantId: 'cp-be', kid: oldSigning.kid, since: now() });
    await stream.more(5);
    const streamed = await stream.stop();
    await expectDelivered(streamed);
    // What was sealed to the old key before the directory had the new one, and nothing later.
    expect(await countParcels(oldEncryption.kid)).toEqual({ sent: waiting.sent, taken: waiting.sent });
  });
});

describe('a key that was in other hands for a while', () => {
  const reporter = { participantId: 'example-mail' };
  let since: string;
  /** Accepted before that while, and within it. */
  let earlier: string;
  let within: string;

  beforeAll(async () => {
    await belgium.close();
    const accept = (reference: string): Promise<string> =>
      submitAccepted(hub, referralOf(hub, reference, { reporter }), { senderId: 'example-mail' });
    earlier = await accept('earlier-1');
    since = now();
    within = await accept('within-1');
    await revoke({ participantId: 'example-mail', kid: senderKey(hub, 'example-mail').kid, since });
  });

  /** What the contact point's interface says of the sender's key. */
  async function readFlag(referralId: string): Promise<string | null> {
    const { rows } = await belgium.inbox.query<{ id: string }>(
      'select id from inbox.dispatch where referral_id = $1',
      [referralId],
    );
    const response = await fetch(`${belgium.origin}/v1/dispatches/${rows[0]?.id}`);
    return ((await response.json()) as OpenedDispatch).senderKeyRevokedSince;
  }

  test('signs nothing any more, neither referrals nor reads', async () => {
    const late = referralOf(hub, 'late-1', { reporter });
    const refused = await submit(hub, late, { senderId: 'example-mail' });
    expect([refused.status, refused.body.code]).toEqual([401, 'key-revoked']);
    const read = await readAs<Problem>(hub, '/v1/feed', 'example-mail');
    expect([read.status, read.body.code]).toEqual([401, 'key-revoked']);
  });

  test('keeps nothing from being delivered, and what it may have forged is flagged', async () => {
    belgium = await startFollowingContactPoint(hub, entry);
    await expect
      .poll(() => readDispatches([earlier, within]), { timeout: 10_000 })
      .toEqual([{ state: 'receipted', count: 2 }]);
    expect([await readFlag(earlier), await readFlag(within)]).toEqual([null, since]);
  });
});
