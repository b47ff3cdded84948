import type { AuditApi } from '@liaison/contracts';
import {
  decodeBase64Url,
  encodeBase64Url,
  hashLeaf,
  parseVerifierKey,
  verifyConsistency,
  verifyProof,
} from '@liaison/ledger';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sha256 } from '../src/log-key/sha256.ts';
import { ask } from './ask.ts';
import { startAudit, untilSize, type TestAudit } from './audit-fixture.ts';
import { createHub, plainDrafts, type Hub } from './hub-fixture.ts';
import { createTestIdentity, openTestCheckpoint, origin } from './log-fixture.ts';
import { createTestSequencer } from './sequencer-fixture.ts';

type InclusionProof = AuditApi['schemas']['InclusionProof'];
type ConsistencyProof = AuditApi['schemas']['ConsistencyProof'];

/** A log with a checkpoint at each of these sizes. */
async function createLog(sizes: readonly number[]): Promise<{ hub: Hub; audit: TestAudit }> {
  const hub = await createHub();
  const sequencer = await createTestSequencer(hub);
  await sequencer.sequence();
  let size = 0;
  for (const next of sizes) {
    await hub.append(plainDrafts(next - size));
    await sequencer.sequence();
    size = next;
  }
  return { hub, audit: await startAudit(hub) };
}

async function readLeaf({ owner }: Hub, position: number): Promise<Uint8Array> {
  const { rows } = await owner.query<{ leaf: Uint8Array }>(
    'select leaf from ledger.leaf where "position" = $1',
    [position],
  );
  return rows[0]?.leaf ?? new Uint8Array();
}

const hashOf = (leaf: Uint8Array): string => encodeBase64Url(hashLeaf(leaf, sha256));

test('the keys are those that the checkpoints verify with', async () => {
  const { audit } = await createLog([]);
  const { status, body } = await ask(audit.log, '/log/keys');
  expect(status).toBe(200);
  const { keys, origin: named } = body as AuditApi['schemas']['LogKeys'];
  expect(named).toBe(origin);
  const parsed = await Promise.all(keys.map(async (key) => parseVerifierKey(key, sha256)));
  const { trust } = await createTestIdentity();
  expect(parsed.map((result) => (result.ok ? result.key : result.code))).toEqual(trust.verifierKeys);
});

test('a new log serves the checkpoint of its empty tree', async () => {
  const { audit } = await createLog([]);
  const { status, text } = await ask(audit.log, '/log/checkpoint');
  expect(status).toBe(200);
  expect(await openTestCheckpoint(text)).toMatchObject({ origin, size: 0 });
});

test('checkpoints are served by their size, and the latest without one', async () => {
  const { audit } = await createLog([2, 5]);
  for (const [query, size] of [
    ['', 5],
    ['?size=5', 5],
    ['?size=2', 2],
    ['?size=0', 0],
  ] as const) {
    const { text } = await ask(audit.log, `/log/checkpoint${query}`);
    expect((await openTestCheckpoint(text)).size).toBe(size);
  }
});

test('every leaf is proved against every checkpoint that holds it', async () => {
  const { hub, audit } = await createLog([1, 6, 13]);
  const { trust } = await createTestIdentity();
  for (const [size, query] of [
    [1, '&size=1'],
    [6, '&size=6'],
    [13, ''],
  ] as const) {
    for (let position = 0; position < size; position += 1) {
      const leaf = await readLeaf(hub, position);
      const { body } = await ask(audit.log, `/log/inclusion-proof?leafHash=${hashOf(leaf)}${query}`);
      expect((body as InclusionProof).size).toBe(size);
      const proven = await verifyProof({ leaf, proof: body, digest: sha256, ...trust });
      expect(proven).toMatchObject({ ok: true, position });
    }
  }
});

test('any two checkpoints that were served are consistent, by the proof that is served', async () => {
  const { audit } = await createLog([1, 2, 3, 7, 8, 20, 33]);
  const sizes = [0, 1, 2, 3, 7, 8, 20, 33];
  const rootAt = async (size: number): Promise<Uint8Array> => {
    const { text } = await ask(audit.log, `/log/checkpoint?size=${size}`);
    return (await openTestCheckpoint(text)).root;
  };
  const pair = fc.tuple(fc.constantFrom(...sizes), fc.constantFrom(...sizes));
  await fc.assert(
    fc.asyncProperty(pair, async ([one, other]) => {
      const [from, to] = [Math.min(one, other), Math.max(one, other)];
      const { body } = await ask(audit.log, `/log/consistency-proof?from=${from}&to=${to}`);
      const hashes = (body as ConsistencyProof).hashes.map(
        (hash) => decodeBase64Url(hash) ?? new Uint8Array(),
      );
      const [oldRoot, newRoot] = [await rootAt(from), await rootAt(to)];
      const claim = { from, to, hashes, oldRoot, newRoot, digest: sha256 };
      expect(await verifyConsistency(claim)).toBe(true);
      // Every tree begins with the empty one.
      const isBound = from > 0 && from < to;
      expect(await verifyConsistency({ ...claim, newRoot: oldRoot })).toBe(!isBound);
    }),
    { numRuns: 60 },
  );
});

test('what is written while the service runs is sequenced, proved and served', async () => {
  const { hub, audit } = await createLog([3]);
  await hub.append(plainDrafts(2));
  await untilSize(audit, 5);
  const leaf = await readLeaf(hub, 4);
  const { body } = await ask(audit.log, `/log/inclusion-proof?leafHash=${hashOf(leaf)}`);
  const { trust } = await createTestIdentity();
  expect(await verifyProof({ leaf, proof: body, digest: sha256, ...trust })).toMatchObject({ ok: true });
});

const hash = 'A'.repeat(43);

test('a request that is wrong is refused, and says where', async () => {
  const { audit } = await createLog([1, 3]);
  for (const [target, pointer, code] of [
    ['/log/checkpoint?size=', '/size', 'format-wrong'],
    ['/log/checkpoint?size=-1', '/size', 'format-wrong'],
    ['/log/checkpoint?size=07', '/size', 'format-wrong'],
    ['/log/checkpoint?size=1e3', '/size', 'format-wrong'],
    ['/log/checkpoint?size=1.5', '/size', 'format-wrong'],
    ['/log/checkpoint?size=+1', '/size', 'format-wrong'],
    ['/log/checkpoint?size=%00', '/size', 'format-wrong'],
    ['/log/checkpoint?size=9007199254740992', '/size', 'number-out-of-range'],
    ['/log/checkpoint?size=1&size=1', '/size', 'format-wrong'],
    ['/log/inclusion-proof', '/leafHash', 'member-missing'],
    ['/log/inclusion-proof?leafHash=', '/leafHash', 'format-wrong'],
    [`/log/inclusion-proof?leafHash=${hash}A`, '/leafHash', 'format-wrong'],
    [`/log/inclusion-proof?leafHash=${hash}=`, '/leafHash', 'format-wrong'],
    [`/log/inclusion-proof?leafHash=${hash.slice(1)}B`, '/leafHash', 'format-wrong'],
    [`/log/inclusion-proof?leafHash=${hash.slice(1)}+`, '/leafHash', 'format-wrong'],
    [`/log/inclusion-proof?leafHash=${hash}&leafHash=${hash}`, '/leafHash', 'format-wrong'],
    [`/log/inclusion-proof?leafHash=${hash}&size=0`, '/size', 'number-out-of-range'],
    ['/log/consistency-proof?to=1', '/from', 'member-missing'],
    ['/log/consistency-proof?from=1', '/to', 'member-missing'],
    ['/log/consistency-proof?from=a&to=1', '/from', 'format-wrong'],
    ['/log/consistency-proof?from=2&to=1', '/from', 'number-out-of-range'],
    ['/log/consistency-proof?from=1&to=4', '/to', 'number-out-of-range'],
  ] as const) {
    const { status, body } = await ask(audit.log, target);
    expect([target, status, body]).toEqual([
      target,
      400,
      expect.objectContaining({ code: 'parameter-invalid', faults: [{ pointer, code }] }),
    ]);
  }
});

test('a tree that was not signed, or a leaf that is not in it, is unknown', async () => {
  const { hub, audit } = await createLog([1, 3]);
  const last = hashOf(await readLeaf(hub, 2));
  for (const [target, code] of [
    ['/log/checkpoint?size=2', 'checkpoint-unknown'],
    ['/log/checkpoint?size=4', 'checkpoint-unknown'],
    [`/log/inclusion-proof?leafHash=${last}&size=2`, 'checkpoint-unknown'],
    [`/log/inclusion-proof?leafHash=${last}&size=1`, 'leaf-unknown'],
    [`/log/inclusion-proof?leafHash=${hash}`, 'leaf-unknown'],
  ] as const) {
    const { status, body } = await ask(audit.log, target);
    expect([target, status, body]).toEqual([target, 404, expect.objectContaining({ code })]);
  }
});

test('nothing is served before its commit', async () => {
  const hub = await createHub();
  const reached = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  const audit = await startAudit(hub, {
    reach: async (point) => {
      const { rowCount } = await hub.owner.query('select from ledger.pending');
      if (point !== 'sequence:before-commit' || rowCount === 0) return;
      reached.resolve();
      await gate.promise;
    },
  });
  await hub.append(plainDrafts(1));
  await reached.promise;
  const { rows } = await hub.owner.query<{ leaf: Uint8Array }>('select leaf from ledger.pending');
  const target = `/log/inclusion-proof?leafHash=${hashOf(rows[0]?.leaf ?? new Uint8Array())}`;
  const { text } = await ask(audit.log, '/log/checkpoint');
  expect((await openTestCheckpoint(text)).size).toBe(0);
  expect((await ask(audit.log, target)).body).toMatchObject({ code: 'leaf-unknown' });
  gate.resolve();
  await untilSize(audit, 1);
  expect((await ask(audit.log, target)).status).toBe(200);
});
