import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromHex, sha256, toHex } from '../../fixtures/node-crypto.ts';
import { createReferenceTree } from '../../fixtures/reference-tree.ts';
import vectors from '../../fixtures/rfc-6962-trees.json' with { type: 'json' };
import { appendLeaves, type TreeState } from './append-leaves.ts';
import { hashEmptyTree, hashLeaf } from './hash-tree-data.ts';
import { frontierOf } from './node-coordinates.ts';
import { rootOfFrontier } from './root-of-frontier.ts';

const empty: TreeState = { size: 0, frontier: [] };
const leaves = Array.from({ length: 131 }, (_, position) => new TextEncoder().encode(`leaf ${position}`));
const leafHashes = leaves.map((leaf) => hashLeaf(leaf, sha256));
const reference = createReferenceTree(leaves);

describe('appending', () => {
  test('gives the published roots of the tree of eight leaves', () => {
    const published = vectors.leaves.map((leaf) => hashLeaf(fromHex(leaf), sha256));
    const roots = vectors.roots.map((_, size) =>
      toHex(appendLeaves({ ...empty, leafHashes: published.slice(0, size), sha256 }).root),
    );
    expect(roots).toEqual(vectors.roots);
    expect(toHex(hashEmptyTree(sha256))).toBe(vectors.roots[0]);
  });

  test('hands out the published nodes of the tree of eight leaves', () => {
    const published = vectors.leaves.map((leaf) => hashLeaf(fromHex(leaf), sha256));
    const { nodes } = appendLeaves({ ...empty, leafHashes: published, sha256 });
    const found = new Map(nodes.map(({ level, index, hash }) => [`${level}/${index}`, toHex(hash)]));
    const wanted = vectors.nodes.flatMap((hashes, level) =>
      hashes.map((hash, index) => [`${level}/${index}`, hash] as const),
    );
    expect(found).toEqual(new Map(wanted));
    expect(nodes.length).toBe(wanted.length);
  });

  test('gives the root and the frontier of the reference at every size up to 130', () => {
    let tree = empty;
    for (let size = 0; size <= 130; size += 1) {
      expect(toHex(rootOfFrontier(tree.frontier, sha256))).toBe(toHex(reference.root(0, size)));
      const peaks = frontierOf(size).map(({ level, index }) =>
        toHex(reference.root(index * 2 ** level, (index + 1) * 2 ** level)),
      );
      expect(tree.frontier.map(toHex)).toEqual(peaks);
      tree = appendLeaves({ ...tree, leafHashes: leafHashes.slice(size, size + 1), sha256 });
    }
  });

  test('does not depend on how leaves are batched, and stores each complete subtree once', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 17 }), { maxLength: 12 }), (batches) => {
        let tree: TreeState = appendLeaves({ ...empty, leafHashes: [], sha256 });
        const nodes = batches.flatMap((count) => {
          const batch = leafHashes.slice(tree.size, tree.size + count);
          const appended = appendLeaves({ ...tree, leafHashes: batch, sha256 });
          tree = appended;
          return appended.nodes;
        });
        const whole = appendLeaves({ ...empty, leafHashes: leafHashes.slice(0, tree.size), sha256 });
        expect(tree).toMatchObject({ size: whole.size, frontier: whole.frontier, root: whole.root });
        expect(nodes).toEqual(whole.nodes);
        expect(nodes.length).toBe(2 * whole.size - whole.frontier.length);
      }),
    );
  });

  test('goes on where 32 bits end', () => {
    const size = 2 ** 40 + 1;
    const frontier = frontierOf(size).map(() => new Uint8Array(32));
    const { nodes } = appendLeaves({ size, frontier, leafHashes: leafHashes.slice(0, 1), sha256 });
    expect(nodes.map(({ level, index }) => [level, index])).toEqual([
      [0, 2 ** 40 + 1],
      [1, 2 ** 39],
    ]);
  });

  test.each([
    ['frontier-wrong', { size: 3, frontier: [new Uint8Array(32)], leafHashes: [] }],
    ['size-out-of-range', { size: -1, frontier: [], leafHashes: [] }],
    ['size-out-of-range', { size: 1.5, frontier: [], leafHashes: [] }],
    [
      'size-out-of-range',
      {
        size: Number.MAX_SAFE_INTEGER,
        frontier: Array.from({ length: 53 }, () => new Uint8Array(32)),
        leafHashes: [new Uint8Array(32)],
      },
    ],
    ['hash-length-wrong', { size: 0, frontier: [], leafHashes: [new Uint8Array(31)] }],
    ['hash-length-wrong', { size: 1, frontier: [new Uint8Array(33)], leafHashes: [] }],
  ])('throws %s', (code, tree) => {
    expect(() => appendLeaves({ ...tree, sha256 })).toThrow(expect.objectContaining({ code }));
  });
});
