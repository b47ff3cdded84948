import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sha256 } from '../../fixtures/node-crypto.ts';
import { createReferenceTree } from '../../fixtures/reference-tree.ts';
import { hashNode } from '../tree/hash-tree-data.ts';
import { verifyInclusion } from './verify-inclusion.ts';

const leaves = Array.from({ length: 40 }, (_, position) => Uint8Array.of(position));
const tree = createReferenceTree(leaves);

function claimOf(position: number, size: number) {
  const [leafHash, hashes, root] = [
    tree.leafHash(position),
    tree.path(position, 0, size),
    tree.root(0, size),
  ];
  return { leafHash, position, size, hashes, root, digest: sha256 };
}

const place = fc
  .integer({ min: 2, max: 40 })
  .chain((size) => fc.record({ size: fc.constant(size), position: fc.nat({ max: size - 1 }) }));

describe('an inclusion proof', () => {
  test('holds for no other position, leaf or root', async () => {
    await fc.assert(
      fc.asyncProperty(place, fc.nat({ max: 39 }), async ({ position, size }, other) => {
        fc.pre(other !== position);
        const claim = claimOf(position, size);
        expect(await verifyInclusion(claim)).toBe(true);
        expect(await verifyInclusion({ ...claim, position: other })).toBe(false);
        expect(await verifyInclusion({ ...claim, leafHash: tree.leafHash(other) })).toBe(false);
        expect(await verifyInclusion({ ...claim, root: tree.root(0, size - 1) })).toBe(false);
      }),
    );
  });

  test('holds only with exactly its hashes', async () => {
    await fc.assert(
      fc.asyncProperty(place, fc.nat(), fc.nat({ max: 255 }), async ({ position, size }, at, bit) => {
        const claim = claimOf(position, size);
        const { hashes } = claim;
        const index = at % hashes.length;
        const flipped = Uint8Array.from(hashes[index] ?? []);
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const changed = [
          hashes.with(index, flipped),
          hashes.toSpliced(index, 1),
          hashes.toSpliced(index, 0, flipped),
          [...hashes, claim.root],
          [...hashes, flipped],
        ];
        for (const wrong of changed) expect(await verifyInclusion({ ...claim, hashes: wrong })).toBe(false);
      }),
    );
  });

  test.each([
    ['size 0', { size: 0 }],
    ['a position at the size', { position: 5 }],
    ['a negative position', { position: -1 }],
    ['a fraction', { position: 2.5 }],
    ['not a number', { position: Number.NaN }],
    ['a size beyond safe integers', { size: 2 ** 53 }],
    ['a short leaf hash', { leafHash: new Uint8Array(31) }],
    ['a long root', { root: new Uint8Array(33) }],
    ['a short hash in the path', { hashes: claimOf(2, 5).hashes.with(0, new Uint8Array(31)) }],
    ['an empty path', { hashes: [] }],
  ])('does not hold with %s', async (_, change) => {
    expect(await verifyInclusion({ ...claimOf(2, 5), ...change })).toBe(false);
  });

  test('does not go above the root that its size allows', async () => {
    const claim = claimOf(2, 5);
    const [extra, root] = [tree.leafHash(9), claim.root];
    const higher = {
      ...claim,
      hashes: [...claim.hashes, extra],
      root: hashNode({ left: extra, right: root }, sha256),
    };
    expect(await verifyInclusion(higher)).toBe(false);
  });

  test('does not divide the bytes of a node otherwise than in half', async () => {
    const leafHash = tree.leafHash(0);
    const sibling = new Uint8Array(33);
    const root = hashNode({ left: leafHash, right: sibling }, sha256);
    const claim = { leafHash, position: 0, size: 2, hashes: [sibling], root, digest: sha256 };
    expect(await verifyInclusion(claim)).toBe(false);
  });

  test('of an inner node is not one of a leaf', async () => {
    const root = tree.root(0, 4);
    const hashes = [tree.root(2, 4)];
    const claim = { leafHash: tree.root(0, 2), position: 0, size: 4, hashes, root, digest: sha256 };
    expect(await verifyInclusion(claim)).toBe(false);
  });
});
