import { audienceOf } from '@liaison/contracts';
import { generateKeyPair } from '@liaison/seal';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTestWorld, type TestWorld } from '../../fixtures/create-test-client.ts';
import { createDirectory, instance, signWithAnchor } from '../../fixtures/hub-identity.ts';
import type { ReceiptDraft } from '../../fixtures/hub-intake.ts';
import { readExample } from '../../fixtures/read-examples.ts';

const referral = readExample('provider-report');
const otherDigest = `sha-256:${'A'.repeat(43)}`;
const otherId = '019a7c3e-5b00-7001-8000-00000000000f';
let world: TestWorld;

beforeEach(async () => {
  world = await createTestWorld();
});
afterEach(async () => {
  await world.close();
});

/** Directories of the hub, one for each time that it is asked; the last one stays. */
async function serveDirectories(
  ...changes: readonly ((hub: TestWorld['hub']) => Parameters<typeof createDirectory>[0])[]
): Promise<void> {
  const { hub, clock } = world;
  const signed = await Promise.all(
    changes.map(async (change, index) => {
      const nowMs = clock.nowMs();
      const directory = await createDirectory(change(hub), { nowMs, sequence: index + 1 });
      return signWithAnchor(hub.identity, directory, `019a7c3e-5b00-7001-8000-00000000000${index}`);
    }),
  );
  let asked = 0;
  hub.turn.directory = async () => {
    asked += 1;
    return signed[Math.min(asked, signed.length) - 1] ?? '';
  };
}

describe('a receipt that does not prove the acceptance is rejected', () => {
  const thief = generateKeyPair();
  const forged: readonly (readonly [string, string, (draft: ReceiptDraft) => ReceiptDraft])[] = [
    ['by a key that the directory does not have', 'key-unknown', (draft) => ({ ...draft, key: thief })],
    [
      'for another payload',
      'payload-digest-differs',
      (draft) => ({ ...draft, payload: { ...draft.payload, payloadDigest: otherDigest } }),
    ],
    [
      'for another reference',
      'reference-differs',
      (draft) => ({ ...draft, payload: { ...draft.payload, providerReference: 'CASE-2026-0002' } }),
    ],
    [
      'for another referral than the answer names',
      'referral-id-differs',
      (draft) => ({ ...draft, payload: { ...draft.payload, referralId: otherId } }),
    ],
    [
      'with a leaf about another time',
      'receipt-leaf-unrelated',
      (draft) => ({ ...draft, payload: { ...draft.payload, acceptedAt: '2026-11-22T00:00:00.001Z' } }),
    ],
    [
      'with a leaf that does not open',
      'commitment-wrong',
      (draft) => {
        const ledger = { ...draft.payload.ledger, salt: 'A'.repeat(43) };
        return { ...draft, payload: { ...draft.payload, ledger } };
      },
    ],
    [
      'made out to another member',
      'audience-wrong',
      (draft) => ({ ...draft, audience: audienceOf(instance, 'example-hotline') }),
    ],
    [
      'of another installation',
      'audience-wrong',
      (draft) => ({ ...draft, audience: audienceOf('production', 'example-chat') }),
    ],
    [
      'that is not of the shape of one',
      'schema-invalid',
      (draft) => ({ ...draft, payload: { ...draft.payload, acceptedAt: '2026-11-22' } }),
    ],
  ];

  test.each(forged)('%s: %s', async (_what, code, forge) => {
    world.hub.turn.alterReceipt = forge;
    const submitted = await world.client.submit(referral);
    expect(submitted).toMatchObject({ kind: 'receiptRejected', code, reference: 'CASE-2026-0001' });
  });

  test('signed with a member of the exchange that is not the hub', async () => {
    world.hub.turn.alterReceipt = (draft) => ({ ...draft, key: world.hub.member.pair });
    expect(await world.client.submit(referral)).toMatchObject({
      kind: 'receiptRejected',
      code: 'key-unknown',
    });
  });

  test('in a batch, while the others count', async () => {
    world.hub.turn.alterReceipt = (draft) =>
      draft.payload.providerReference === 'B' ? { ...draft, key: thief } : draft;
    const batch = ['A', 'B', 'C'].map((providerReference) => ({ ...referral, providerReference }));
    const kinds = (await world.client.submitBatch(batch)).map(({ kind }) => kind);
    expect(kinds).toEqual(['accepted', 'receiptRejected', 'accepted']);
  });
});

test('a receipt by a key that is newer than the directory held is checked against a newer directory', async () => {
  const old = generateKeyPair();
  await serveDirectories(
    ({ identity }) => ({ ...identity, receiptKey: old }),
    ({ identity }) => identity,
  );
  expect(await world.client.submit(referral)).toMatchObject({ kind: 'accepted' });
  expect(world.hub.seen.filter(({ url }) => url === '/v1/directory')).toHaveLength(2);
});

test('a fresh receipt by a key that was withdrawn is rejected, an old one is flagged', async () => {
  const accepted = await world.client.submit(referral);
  expect(accepted).toMatchObject({ kind: 'accepted', receipt: { keyRevoked: null } });
  const { hub, clock } = world;
  clock.advance(60_000);
  const at = new Date(clock.nowMs() + 3_600_000).toISOString();
  const revoked = { since: new Date(clock.nowMs()).toISOString(), at };
  const directory = await createDirectory(hub.identity, { nowMs: clock.nowMs(), sequence: 99 });
  const participants = directory.participants.map((one) =>
    one.id === 'hub' ? { ...one, keys: one.keys.map((key) => ({ ...key, revoked })) } : one,
  );
  const jws = await signWithAnchor(hub.identity, { ...directory, participants }, otherId);
  hub.turn.directory = () => Promise.resolve(jws);
  const client = world.clientWith({});
  expect(await client.submit({ ...referral, providerReference: 'CASE-2026-0009' })).toMatchObject({
    kind: 'receiptRejected',
    code: 'key-revoked',
  });
  expect(await client.submit(referral)).toMatchObject({
    kind: 'acceptedBefore',
    receipt: { keyRevoked: revoked },
  });
});
