import { describe, expect, test } from 'vitest';
import {
  createSigner,
  sha256,
  verifierKeyOf,
  verifySignature as verify,
} from '../../fixtures/node-crypto.ts';
import { createEvent, createLeaves, createLog, logSigner, origin } from '../../fixtures/test-log.ts';
import { encodeLeaf } from '../leaf/leaf.ts';
import { proveInclusion } from '../tree/prove-inclusion.ts';
import { verifyProof } from './verify-proof.ts';

interface Proof {
  readonly position: number;
  readonly size: number;
  readonly hashes: readonly string[];
  readonly checkpoint: string;
}

const log = createLog(createLeaves(7));
const key = await verifierKeyOf(logSigner);
const trust = { origin, verifierKeys: [key], verify, digest: sha256 };
const leaf = encodeLeaf(createEvent(4));
const proof = (await log.inclusionProof(4, 7)) as Proof;
const foreign = createLog(log.leaves, createSigner(origin, 9));
const sandbox = createLog(log.leaves, createSigner('liaison.example/sandbox/ledger', 1));
const foreignProof = await foreign.inclusionProof(4, 7);
const [emptyCheckpoint, olderCheckpoint] = [await log.checkpointAt(0), await log.checkpointAt(6)];
const [first = '', second = ''] = proof.hashes;

describe('a proof', () => {
  test('holds for each leaf of each size', async () => {
    for (let size = 1; size <= 7; size += 1)
      for (const [position, bytes] of log.leaves.slice(0, size).entries())
        expect(
          await verifyProof({ leaf: bytes, proof: await log.inclusionProof(position, size), ...trust }),
        ).toMatchObject({ ok: true, position, checkpoint: { origin, size, root: log.rootAt(size) } });
  });

  test('does not hold for a modified leaf', async () => {
    const modified = encodeLeaf(createEvent(4, { actorId: 'somebody' }));
    expect(await verifyProof({ leaf: modified, proof, ...trust })).toEqual({
      ok: false,
      code: 'inclusion-wrong',
    });
  });

  test('takes no inner node for a leaf', async () => {
    const hashes = await proveInclusion({ position: 0, size: 2, readNodes: log.readNodes, sha256 });
    expect(hashes.length).toBe(1);
    const bytes = new Uint8Array([...(hashes[0] ?? []), ...(hashes[0] ?? [])]);
    const shorter = { ...(await log.inclusionProof(0, 4)), hashes: proof.hashes.slice(0, 1) };
    expect(await verifyProof({ leaf: bytes, proof: shorter, ...trust })).toEqual({
      ok: false,
      code: 'inclusion-wrong',
    });
  });

  const attacks: readonly (readonly [string, string, unknown])[] = [
    ['another position', 'inclusion-wrong', { ...proof, position: 5 }],
    ['a position at the size', 'inclusion-wrong', { ...proof, position: 7 }],
    ['a negative position', 'inclusion-wrong', { ...proof, position: -1 }],
    ['a short path', 'inclusion-wrong', { ...proof, hashes: proof.hashes.slice(0, -1) }],
    ['a padded path', 'inclusion-wrong', { ...proof, hashes: [...proof.hashes, first] }],
    ['an extra hash in front', 'inclusion-wrong', { ...proof, hashes: [second, ...proof.hashes] }],
    ['swapped hashes', 'inclusion-wrong', { ...proof, hashes: [second, first, ...proof.hashes.slice(2)] }],
    ['a hash of 31 bytes', 'inclusion-wrong', { ...proof, hashes: proof.hashes.with(0, 'A'.repeat(42)) }],
    ['another size', 'size-wrong', { ...proof, size: 8 }],
    ['size 0', 'size-wrong', { ...proof, size: 0 }],
    ['the empty log', 'inclusion-wrong', { ...proof, size: 0, checkpoint: emptyCheckpoint }],
    ['an older checkpoint', 'size-wrong', { ...proof, checkpoint: olderCheckpoint }],
    ['the log of a foreign key', 'signature-missing', foreignProof],
    ['a note that is none', 'note-malformed', { ...proof, checkpoint: 'note' }],
    [
      'a root that was changed',
      'signature-wrong',
      { ...proof, checkpoint: proof.checkpoint.replace('\n7\n', '\n8\n') },
    ],
    ['padded base64', 'proof-malformed', { ...proof, hashes: proof.hashes.map((hash) => `${hash}=`) }],
    ['hashes that are numbers', 'proof-malformed', { ...proof, hashes: [1, 2, 3] }],
    ['no hashes', 'proof-malformed', { ...proof, hashes: undefined }],
    ['a position that is text', 'proof-malformed', { ...proof, position: '4' }],
    ['no checkpoint', 'proof-malformed', { ...proof, checkpoint: null }],
    ['an array', 'proof-malformed', [proof]],
    ['null', 'proof-malformed', null],
  ];
  test.each(attacks)('does not hold with %s: %s', async (_, code, attack) => {
    expect(await verifyProof({ leaf, proof: attack, ...trust })).toEqual({ ok: false, code });
  });

  test('of another log does not hold, though we know its key', async () => {
    const verifierKeys = [key, await verifierKeyOf(createSigner('liaison.example/sandbox/ledger', 1))];
    const other = await sandbox.inclusionProof(4, 7);
    expect(await verifyProof({ leaf, proof: other, ...trust, verifierKeys })).toEqual({
      ok: false,
      code: 'origin-wrong',
    });
  });
});
