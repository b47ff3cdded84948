import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sha256 } from '../../fixtures/node-crypto.ts';
import { createReferenceTree } from '../../fixtures/reference-tree.ts';
import { hashNode } from '../tree/hash-tree-data.ts';
import { verifyConsistency } from './verify-consistency.ts';

const leaves = Array.from({ length: 40 }, (_, position) => Uint8Array.of(position));
const tree = createReferenceTree(leaves);
const forked = createReferenceTree(leaves.with(0, Uint8Array.of(99)));

function claimOf(from: number, to: number) {
  const [oldRoot, newRoot] = [tree.root(0, from), tree.root(0, to)];
  return { from, to, oldRoot, newRoot, hashes: tree.proof(from, to), digest: sha256 };
}

const sizes = fc
  .integer({ min: 2, max: 40 })
  .chain((to) => fc.record({ to: fc.constant(to), from: fc.integer({ min: 1, max: to - 1 }) }));

describe('a consistency proof', () => {
  test('holds for no other root', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, async ({ from, to }) => {
        const claim = claimOf(from, to);
        expect(await verifyConsistency(claim)).toBe(true);
        expect(await verifyConsistency({ ...claim, oldRoot: forked.root(0, from) })).toBe(false);
        expect(await verifyConsistency({ ...claim, newRoot: forked.root(0, to) })).toBe(false);
        const { oldRoot, newRoot } = claim;
        expect(await verifyConsistency({ ...claim, oldRoot: newRoot, newRoot: oldRoot })).toBe(false);
      }),
    );
  });

  test('of a forked log does not lead from the old root to the new one', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, async ({ from, to }) => {
        const claim = { ...claimOf(from, to), newRoot: forked.root(0, to) };
        expect(await verifyConsistency({ ...claim, hashes: forked.proof(from, to) })).toBe(false);
      }),
    );
  });

  test('holds only with exactly its hashes', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(), fc.nat({ max: 255 }), async ({ from, to }, at, bit) => {
        const claim = claimOf(from, to);
        const { hashes } = claim;
        const index = at % hashes.length;
        const flipped = Uint8Array.from(hashes[index] ?? []);
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const changed = [
          hashes.with(index, flipped),
          hashes.toSpliced(index, 1),
          hashes.toSpliced(index, 0, flipped),
          [...hashes, claim.newRoot],
          [claim.oldRoot, ...hashes],
        ];
        for (const wrong of changed) expect(await verifyConsistency({ ...claim, hashes: wrong })).toBe(false);
      }),
    );
  });

  test.each([
    ['sizes in the wrong order', { from: 6, to: 3 }],
    ['a negative size', { from: -1 }],
    ['a fraction', { from: 2.5 }],
    ['a size beyond safe integers', { to: 2 ** 53 }],
    ['a short root', { oldRoot: new Uint8Array(31) }],
    ['a short hash', { hashes: claimOf(3, 6).hashes.with(0, new Uint8Array(31)) }],
    ['no hashes', { hashes: [] }],
  ])('does not hold with %s', async (_, change) => {
    expect(await verifyConsistency({ ...claimOf(3, 6), ...change })).toBe(false);
  });

  test('does not hold for a newer tree than its hashes lead to', async () => {
    const claim = { ...claimOf(1, 4), newRoot: tree.root(0, 2), hashes: tree.proof(1, 2) };
    expect(await verifyConsistency({ ...claim, to: 2 })).toBe(true);
    expect(await verifyConsistency(claim)).toBe(false);
  });

  test('does not go above the roots that its sizes allow', async () => {
    const claim = claimOf(3, 5);
    const extra = tree.leafHash(9);
    const higher = {
      ...claim,
      hashes: [...claim.hashes, extra],
      oldRoot: hashNode({ left: extra, right: claim.oldRoot }, sha256),
      newRoot: hashNode({ left: extra, right: claim.newRoot }, sha256),
    };
    expect(await verifyConsistency(higher)).toBe(false);
  });

  test('from the empty tree is empty, and needs the root of the empty tree', async () => {
    const claim = { ...claimOf(4, 5), from: 0, oldRoot: tree.root(0, 0), hashes: [] };
    expect(await verifyConsistency(claim)).toBe(true);
    expect(await verifyConsistency({ ...claim, oldRoot: tree.root(0, 4) })).toBe(false);
    expect(await verifyConsistency({ ...claim, hashes: [tree.root(0, 4)] })).toBe(false);
    const both = { ...claim, to: 0, newRoot: tree.root(0, 0) };
    expect(await verifyConsistency(both)).toBe(true);
    expect(await verifyConsistency({ ...both, oldRoot: tree.root(0, 4), newRoot: tree.root(0, 4) })).toBe(
      false,
    );
  });

  test('of a tree with itself is empty, and needs one root', async () => {
    const claim = { ...claimOf(4, 5), to: 4, newRoot: tree.root(0, 4), hashes: [] };
    expect(await verifyConsistency(claim)).toBe(true);
    expect(await verifyConsistency({ ...claim, newRoot: forked.root(0, 4) })).toBe(false);
    expect(await verifyConsistency({ ...claim, hashes: [tree.root(0, 4)] })).toBe(false);
  });
});
