import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromHex, sha256, toHex } from '../../fixtures/node-crypto.ts';
import { createReferenceTree } from '../../fixtures/reference-tree.ts';
import vectors from '../../fixtures/rfc-6962-trees.json' with { type: 'json' };
import { createLog } from '../../fixtures/test-log.ts';
import { verifyConsistency } from '../verify/verify-consistency.ts';
import { verifyInclusion } from '../verify/verify-inclusion.ts';
import { hashLeaf, hashNode } from './hash-tree-data.ts';
import { frontierOf, type NodeCoordinates } from './node-coordinates.ts';
import { proveConsistency } from './prove-consistency.ts';
import { proveInclusion } from './prove-inclusion.ts';
import { rootOfFrontier } from './root-of-frontier.ts';

const digest = sha256;
const published = createLog(vectors.leaves.map(fromHex));
const leaves = Array.from({ length: 130 }, (_, position) => new TextEncoder().encode(`leaf ${position}`));
const reference = createReferenceTree(leaves);
const { readNodes } = createLog(leaves);

describe('proofs', () => {
  test.each(vectors.inclusion)('give the published path of leaf $position in $size', async (vector) => {
    const { position, size } = vector;
    const hashes = await proveInclusion({ position, size, readNodes: published.readNodes, sha256 });
    expect(hashes.map(toHex)).toEqual(vector.hashes);
    const leafHash = hashLeaf(fromHex(vectors.leaves[position] ?? ''), sha256);
    const root = fromHex(vectors.roots[size] ?? '');
    await expect(verifyInclusion({ leafHash, position, size, hashes, root, digest })).resolves.toBe(true);
  });

  test.each(vectors.consistency)('give the published proof from $from to $to', async (vector) => {
    const { from, to } = vector;
    const hashes = await proveConsistency({ from, to, readNodes: published.readNodes, sha256 });
    expect(hashes.map(toHex)).toEqual(vector.hashes);
    const [oldRoot, newRoot] = [fromHex(vectors.roots[from] ?? ''), fromHex(vectors.roots[to] ?? '')];
    await expect(verifyConsistency({ from, to, oldRoot, newRoot, hashes, digest })).resolves.toBe(true);
  });

  test('of inclusion are those of the reference, and verify, for every leaf of every size up to 130', async () => {
    for (let size = 1; size <= 130; size += 1) {
      const root = reference.root(0, size);
      for (let position = 0; position < size; position += 1) {
        const hashes = await proveInclusion({ position, size, readNodes, sha256 });
        expect(hashes.map(toHex)).toEqual(reference.path(position, 0, size).map(toHex));
        const leafHash = reference.leafHash(position);
        expect(await verifyInclusion({ leafHash, position, size, hashes, root, digest })).toBe(true);
      }
    }
  });

  test('of consistency are those of the reference, and verify, between all sizes up to 130', async () => {
    for (let to = 0; to <= 130; to += 1) {
      const newRoot = reference.root(0, to);
      for (let from = 0; from <= to; from += 1) {
        const hashes = await proveConsistency({ from, to, readNodes, sha256 });
        const wanted = from === 0 ? [] : reference.proof(from, to);
        expect(hashes.map(toHex)).toEqual(wanted.map(toHex));
        const oldRoot = reference.root(0, from);
        expect(await verifyConsistency({ from, to, oldRoot, newRoot, hashes, digest })).toBe(true);
      }
    }
  });

  test.each([
    ['size-out-of-range', { position: 0, size: 0 }],
    ['size-out-of-range', { position: 0, size: 2 ** 53 }],
    ['position-out-of-range', { position: 3, size: 3 }],
    ['position-out-of-range', { position: -1, size: 3 }],
    ['position-out-of-range', { position: 0.5, size: 3 }],
    ['node-missing', { position: 0, size: 131 }],
  ])('of inclusion throw %s', async (code, place) => {
    await expect(proveInclusion({ ...place, readNodes, sha256 })).rejects.toMatchObject({ code });
  });

  test.each([
    ['size-out-of-range', { from: 2, to: 1 }],
    ['size-out-of-range', { from: -1, to: 1 }],
    ['size-out-of-range', { from: 1, to: 2 ** 53 }],
    ['node-missing', { from: 130, to: 131 }],
  ])('of consistency throw %s', async (code, sizes) => {
    await expect(proveConsistency({ ...sizes, readNodes, sha256 })).rejects.toMatchObject({ code });
  });

  test('throw when the storage returns something else than hashes', async () => {
    const broken = async (asked: readonly NodeCoordinates[]) => asked.map(() => new Uint8Array(31));
    const proof = proveInclusion({ position: 0, size: 2, readNodes: broken, sha256 });
    await expect(proof).rejects.toMatchObject({ code: 'hash-length-wrong' });
  });
});

describe('proofs in trees of up to 2 ** 53 - 1 leaves', () => {
  // All leaves are alike, so that every complete subtree of a level has the same hash.
  const levels = [hashLeaf(new Uint8Array(0), sha256)];
  for (const below of levels)
    if (levels.length < 53) levels.push(hashNode({ left: below, right: below }, sha256));
  const hashesOf = (asked: readonly NodeCoordinates[]): Uint8Array[] =>
    asked.flatMap(({ level }) => levels[level] ?? []);
  const rootAt = (size: number): Uint8Array => rootOfFrontier(hashesOf(frontierOf(size)), sha256);
  const bigSize = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });

  function createReader() {
    const asked: NodeCoordinates[][] = [];
    const readNodes = async (coordinates: readonly NodeCoordinates[]) => {
      asked.push([...coordinates]);
      return hashesOf(coordinates);
    };
    return { asked, readNodes };
  }

  test('read O(log size) nodes, at once, inside the tree, and verify', async () => {
    await fc.assert(
      fc.asyncProperty(bigSize, fc.nat({ max: Number.MAX_SAFE_INTEGER }), async (size, number) => {
        const position = number % size;
        const { asked, readNodes } = createReader();
        const hashes = await proveInclusion({ position, size, readNodes, sha256 });
        const [leafHash = new Uint8Array(0)] = levels;
        const claim = { leafHash, position, size, hashes, root: rootAt(size), digest };
        expect(await verifyInclusion(claim)).toBe(true);
        expect(await verifyInclusion({ ...claim, hashes: hashes.slice(1) })).toBe(size === 1);
        expect(asked.length).toBe(size === 1 ? 0 : 1);
        expect(asked.flat().length).toBeLessThanOrEqual(2 * 53);
        expect(asked.flat().every(({ level, index }) => (index + 1) * 2 ** level <= size)).toBe(true);
      }),
    );
  });

  test('show consistency of any two sizes', async () => {
    await fc.assert(
      fc.asyncProperty(bigSize, bigSize, async (one, other) => {
        const [from, to] = [Math.min(one, other), Math.max(one, other)];
        const { asked, readNodes } = createReader();
        const hashes = await proveConsistency({ from, to, readNodes, sha256 });
        const claim = { from, to, oldRoot: rootAt(from), newRoot: rootAt(to), hashes, digest };
        expect(await verifyConsistency(claim)).toBe(true);
        expect(await verifyConsistency({ ...claim, hashes: [...hashes, claim.newRoot] })).toBe(false);
        expect(asked.length).toBeLessThanOrEqual(1);
        expect(asked.flat().length).toBeLessThanOrEqual(2 * 53);
      }),
    );
  });
});
