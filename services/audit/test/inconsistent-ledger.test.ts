import { describe, expect, test } from 'vitest';
import { createHub, plainDrafts, readPending, type Hub } from './hub-fixture.ts';
import { createLogIdentity } from '../src/log-key/log-identity.ts';
import { logKey } from './log-fixture.ts';
import { codesOfFailure, createTestSequencer } from './sequencer-fixture.ts';

async function countCheckpoints({ owner }: Hub): Promise<number> {
  return (await owner.query('select from ledger.checkpoint')).rowCount;
}

/** A log of 3 and then 7 leaves, whose frontier is the subtrees of 4, 2 and 1 leaves, and one event that waits. */
async function createLogOfSeven(): Promise<Hub> {
  const hub = await createHub();
  const sequencer = await createTestSequencer(hub);
  await hub.append(plainDrafts(3));
  await sequencer.sequence();
  await hub.append(plainDrafts(4));
  await sequencer.sequence();
  await hub.append(plainDrafts(1));
  return hub;
}

/** Sets the log back to what it was at a size, as a restored backup does. */
async function setBack({ owner }: Hub, size: number): Promise<void> {
  await owner.query('delete from ledger.checkpoint where size > $1', [size]);
  await owner.query('delete from ledger.leaf where "position" >= $1', [size]);
  await owner.query('delete from ledger.node where ("index" + 1) * (1 << level) > $1', [size]);
}

describe('nothing is signed over a stored log', () => {
  test.each([
    [
      'whose last leaf hash is another',
      'update ledger.leaf set leaf_hash = sha256(leaf) where "position" = 6',
      'root-mismatch',
    ],
    [
      'whose subtree is another',
      'update ledger.node set hash = sha256(hash) where level = 2',
      'root-mismatch',
    ],
    ['whose subtree is missing', 'delete from ledger.node where level = 2', 'node-missing'],
    [
      'whose root is another',
      'update ledger.checkpoint set root = sha256(root) where size = 7',
      'note-mismatch',
    ],
    [
      'whose note is that of an older tree',
      'update ledger.checkpoint set note = (select note from ledger.checkpoint where size = 3) where size = 7',
      'note-mismatch',
    ],
    ['whose latest checkpoint is gone', 'delete from ledger.checkpoint where size = 7', 'leaf-count-wrong'],
    ['whose last leaf is gone', 'delete from ledger.leaf where "position" = 6', 'leaf-count-wrong'],
    [
      'with a leaf that nobody signed',
      'insert into ledger.leaf select 7, gen_random_uuid(), null, null, leaf, leaf_hash from ledger.leaf where "position" = 6',
      'leaf-count-wrong',
    ],
    ['without any checkpoint', 'truncate ledger.checkpoint', 'checkpoint-missing'],
  ])('%s', async (_what, tamper, code) => {
    const hub = await createLogOfSeven();
    await hub.owner.query(tamper);
    const checkpoints = await countCheckpoints(hub);
    const pending = await readPending(hub);
    const sequencer = await createTestSequencer(hub);
    expect(await codesOfFailure(sequencer.sequence())).toEqual(['ledger-inconsistent', code]);
    expect(await countCheckpoints(hub)).toBe(checkpoints);
    expect(await readPending(hub)).toEqual(pending);
    expect(pending).toHaveLength(1);
  });

  test('of another installation', async () => {
    const hub = await createLogOfSeven();
    const identity = await createLogIdentity('liaison.example/other/ledger', logKey);
    const sequencer = await createTestSequencer(hub, { identity });
    expect(await codesOfFailure(sequencer.sequence())).toEqual(['ledger-inconsistent', 'note-mismatch']);
  });
});

describe('a sequencer that has seen the log refuses', () => {
  test('one that was set back, though it agrees with itself', async () => {
    const hub = await createLogOfSeven();
    const sequencer = await createTestSequencer(hub);
    await sequencer.sequence();
    await setBack(hub, 3);
    await hub.append(plainDrafts(1));
    expect(await codesOfFailure(sequencer.sequence())).toEqual(['ledger-inconsistent', 'log-rolled-back']);
    expect(await countCheckpoints(hub)).toBe(2);
  });

  test.each([
    ['of the same size', 5],
    ['that grew beyond it', 9],
  ])('one that was set back and filled anew: %s', async (_what, filled) => {
    const hub = await createLogOfSeven();
    const sequencer = await createTestSequencer(hub);
    await sequencer.sequence();
    await setBack(hub, 3);
    await hub.append(plainDrafts(filled));
    await (await createTestSequencer(hub)).drain();
    await hub.append(plainDrafts(1));
    expect(await codesOfFailure(sequencer.sequence())).toEqual(['ledger-inconsistent', 'log-forked']);
  });

  test('one that lost everything', async () => {
    const hub = await createLogOfSeven();
    const sequencer = await createTestSequencer(hub);
    await sequencer.sequence();
    await hub.owner.query('truncate ledger.checkpoint, ledger.leaf, ledger.node');
    expect(await codesOfFailure(sequencer.sequence())).toEqual(['ledger-inconsistent', 'log-rolled-back']);
    expect(await countCheckpoints(hub)).toBe(0);
  });

  test('nothing that another sequencer has honestly added to', async () => {
    const hub = await createLogOfSeven();
    const sequencer = await createTestSequencer(hub);
    await sequencer.sequence();
    await hub.append(plainDrafts(5));
    await (await createTestSequencer(hub)).drain();
    await hub.append(plainDrafts(2));
    expect(await sequencer.sequence()).toBe(2);
  });
});

test('the service may add to the ledger and change nothing of it', async () => {
  const hub = await createLogOfSeven();
  const audit = hub.connectAudit();
  for (const statement of [
    'update ledger.leaf set leaf = leaf',
    'delete from ledger.leaf',
    'update ledger.node set hash = hash',
    'delete from ledger.node',
    'update ledger.checkpoint set note = note',
    'delete from ledger.checkpoint',
    'select from ledger.opening for update',
    'delete from ledger.opening',
    'select from hub.referral',
    'select from content.message',
    'select from vault.content_key',
  ]) {
    await expect(audit.query(statement)).rejects.toMatchObject({ sqlstate: '42501' });
  }
});
