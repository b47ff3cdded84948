import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createSigner,
  sha256,
  verifierKeyOf,
  verifySignature as verify,
} from '../../fixtures/node-crypto.ts';
import { createEvent, createLeaves, createLog, logSigner, origin } from '../../fixtures/test-log.ts';
import { encodeBase64Url } from '../bytes/base64.ts';
import { encodeLeaf } from '../leaf/leaf.ts';
import { verifyLogExport } from './verify-log-export.ts';

const leaves = createLeaves(20);
const log = createLog(leaves);
const trust = { origin, verifierKeys: [await verifierKeyOf(logSigner)], verify, digest: sha256 };
const checkpoints = await Promise.all(Array.from({ length: 21 }, (_, size) => log.checkpointAt(size)));
const whole = await log.exportLines(20);
const foreign = await createLog(leaves, createSigner(origin, 9)).exportLines(20);
const sandbox = await createLog(leaves, createSigner('liaison.example/sandbox/ledger', 1)).exportLines(20);

async function* stream(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}
const leafLine = (position: number, leaf: Uint8Array | string): string =>
  JSON.stringify({
    kind: 'leaf',
    position,
    leaf: encodeBase64Url(typeof leaf === 'string' ? new TextEncoder().encode(leaf) : leaf),
  });

describe('a whole log', () => {
  test('verifies at every size, the empty one too, and agrees with all earlier checkpoints', async () => {
    for (let size = 0; size <= 20; size += 1) {
      const earlierCheckpoints = checkpoints.slice(0, size + 1).reverse();
      const lines = stream(await log.exportLines(size));
      expect(await verifyLogExport(lines, { ...trust, earlierCheckpoints })).toMatchObject({
        ok: true,
        checkpoint: { origin, size, root: log.rootAt(size) },
      });
    }
  });

  const swapped = [
    ...whole.slice(0, 5),
    leafLine(4, leaves[5] ?? ''),
    leafLine(5, leaves[4] ?? ''),
    ...whole.slice(7),
  ];
  const modified = encodeLeaf(createEvent(4, { actorId: 'somebody' }));
  const sandboxLeaf = encodeLeaf(createEvent(4, { origin: 'liaison.example/sandbox/ledger' }));
  const spaced = new TextDecoder().decode(leaves[4]).replace(',', ', ');
  const header = (change: object): string =>
    JSON.stringify({ kind: 'log', origin, keys: [], size: 20, ...change });
  const last = JSON.stringify({ kind: 'checkpoint', note: checkpoints[20] });

  const attacks: readonly (readonly [string, string, number, readonly string[]])[] = [
    ['a modified leaf', 'root-mismatch', 22, whole.with(5, leafLine(4, modified))],
    ['leaves in swapped order', 'root-mismatch', 22, swapped],
    [
      'lines in swapped order',
      'position-wrong',
      6,
      [...whole.slice(0, 5), whole[6] ?? '', whole[5] ?? '', ...whole.slice(7)],
    ],
    ['a leaf left out', 'position-wrong', 6, whole.toSpliced(5, 1)],
    ['a leaf twice', 'position-wrong', 7, whole.toSpliced(5, 0, whole[5] ?? '')],
    [
      'a leaf left out and the rest renumbered',
      'log-truncated',
      21,
      [...whole.slice(0, 5), ...leaves.slice(5).map((leaf, index) => leafLine(4 + index, leaf)), last],
    ],
    ['the last leaves cut off', 'log-truncated', 19, whole.toSpliced(18, 3)],
    ['the checkpoint cut off', 'log-truncated', 21, whole.slice(0, -1)],
    ['everything cut off', 'log-truncated', 0, []],
    ['a leaf that nobody signed for', 'size-wrong', 23, whole.toSpliced(21, 0, leafLine(20, modified))],
    ['a first line that claims another size', 'size-wrong', 22, whole.with(0, header({ size: 21 }))],
    ['a foreign key', 'signature-missing', 22, foreign],
    ['a wrong signature', 'signature-wrong', 22, whole.with(21, last.replace('\\n20\\n', '\\n19\\n'))],
    ['a note that is none', 'note-malformed', 22, whole.with(21, '{"kind":"checkpoint","note":""}')],
    ['the log of another origin', 'origin-wrong', 1, sandbox],
    ['the checkpoint of another origin', 'signature-missing', 22, whole.with(21, sandbox[21] ?? '')],
    ['a leaf of another origin', 'origin-wrong', 6, whole.with(5, leafLine(4, sandboxLeaf))],
    ['a leaf that is not canonical', 'leaf-not-canonical', 6, whole.with(5, leafLine(4, spaced))],
    ['a leaf of an unknown version', 'leaf-version-unknown', 6, whole.with(5, leafLine(4, '{"v":2}'))],
    ['a leaf without members', 'leaf-malformed', 6, whole.with(5, leafLine(4, '{"v":1}'))],
    [
      'a leaf in padded base64',
      'line-malformed',
      6,
      whole.with(5, '{"kind":"leaf","position":4,"leaf":"e30="}'),
    ],
    ['no first line', 'line-malformed', 1, whole.slice(1)],
    ['a second first line', 'line-malformed', 2, [header({}), ...whole]],
    ['a line behind the checkpoint', 'line-malformed', 23, [...whole, leafLine(20, modified)]],
    ['a second checkpoint', 'line-malformed', 23, [...whole, last]],
    ['an empty line', 'line-malformed', 6, whole.toSpliced(5, 0, '')],
    ['a line of another kind', 'line-malformed', 6, whole.with(5, '{"kind":"other"}')],
    ['a line that is no object', 'line-malformed', 6, whole.with(5, '[]')],
    [
      'a position that is text',
      'line-malformed',
      6,
      whole.with(5, '{"kind":"leaf","position":"4","leaf":"e30"}'),
    ],
    ['a first line without size', 'line-malformed', 1, whole.with(0, header({ size: null }))],
  ];
  test.each(attacks)('does not verify with %s: %s at line %i', async (_, code, line, lines) => {
    expect(await verifyLogExport(stream(lines), trust)).toEqual({ ok: false, code, line });
  });

  test('stops reading at the first fault', async () => {
    let read = 0;
    async function* endless(): AsyncGenerator<string> {
      for (;;) {
        read += 1;
        yield 'x';
      }
    }
    expect(await verifyLogExport(endless(), trust)).toEqual({ ok: false, code: 'line-malformed', line: 1 });
    expect(read).toBe(1);
  });
});

describe('a log compared with checkpoints seen before', () => {
  test('is found out when it was forked, wherever', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 19 }), fc.integer({ min: 1, max: 20 }), async (at, seen) => {
        fc.pre(at < seen);
        const forked = createLog(leaves.with(at, encodeLeaf(createEvent(99))));
        const earlierCheckpoints = [await forked.checkpointAt(20), checkpoints[seen] ?? ''];
        const lines = await forked.exportLines(20);
        expect(await verifyLogExport(stream(lines), trust)).toMatchObject({ ok: true });
        expect(await verifyLogExport(stream(lines), { ...trust, earlierCheckpoints })).toEqual({
          ok: false,
          code: 'log-forked',
          line: 22,
        });
      }),
      { numRuns: 30 },
    );
  });

  test('is found out when it was rolled back, though its checkpoint is genuine', async () => {
    const lines = await log.exportLines(12);
    for (const earlierCheckpoints of [[checkpoints[13] ?? ''], checkpoints])
      expect(await verifyLogExport(stream(lines), { ...trust, earlierCheckpoints })).toEqual({
        ok: false,
        code: 'log-rolled-back',
        line: 14,
      });
  });

  test('is found out when two checkpoints of one size differ', async () => {
    const forked = createLog(leaves.with(3, encodeLeaf(createEvent(99))));
    const earlierCheckpoints = [checkpoints[8] ?? '', await forked.checkpointAt(8)];
    expect(await verifyLogExport(stream(whole), { ...trust, earlierCheckpoints })).toMatchObject({
      code: 'log-forked',
    });
  });

  test('is not accused by a checkpoint that nobody signed', async () => {
    const foreign = await createLog(leaves, createSigner(origin, 9)).checkpointAt(8);
    for (const unsigned of [foreign, 'note'])
      expect(await verifyLogExport(stream(whole), { ...trust, earlierCheckpoints: [unsigned] })).toEqual({
        ok: false,
        code: 'earlier-checkpoint-unverified',
        line: 0,
      });
  });

  test('is a broken file and not a fork where it disagrees with its own checkpoint', async () => {
    const broken = whole.with(5, leafLine(4, encodeLeaf(createEvent(99))));
    expect(
      await verifyLogExport(stream(broken), { ...trust, earlierCheckpoints: checkpoints }),
    ).toMatchObject({
      code: 'root-mismatch',
    });
  });
});
