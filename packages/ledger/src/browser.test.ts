import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { verifierKeyOf } from '../fixtures/node-crypto.ts';
import { createLeaves, createLog, logSigner, origin } from '../fixtures/test-log.ts';
import { verifyLogExport, verifyProof, type Digest, type VerifySignature } from './index.ts';

const digest: Digest = async (bytes) => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
const verify: VerifySignature = async (publicKey, message, signature) => {
  const key = await crypto.subtle.importKey('raw', publicKey, 'Ed25519', false, ['verify']);
  return crypto.subtle.verify('Ed25519', key, signature, message);
};

describe('in a browser', () => {
  const folder = fileURLToPath(new URL('.', import.meta.url));
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
  );

  test.each(files)('%s imports nothing that only a server has', (file) => {
    const source = readFileSync(`${folder}/${file}`, 'utf8');
    const imports = [...source.matchAll(/^(?:import|export) (type )?[^;]*? from '([^']+)';$/gms)];
    const values = imports.filter(([, type]) => type === undefined).map(([, , name]) => name ?? '');
    expect(values.filter((name) => !name.startsWith('.') && name !== 'canonicalize')).toEqual([]);
    expect(source).not.toMatch(/\b(?:Buffer|process|require|globalThis)\b|import\(|'node:/);
  });

  test('WebCrypto is enough to verify proofs and whole logs', async () => {
    const log = createLog(createLeaves(11));
    const trust = { origin, verifierKeys: [await verifierKeyOf(logSigner)], verify, digest };
    for (const [position, leaf] of log.leaves.entries()) {
      const proof = await log.inclusionProof(position, 11);
      expect(await verifyProof({ leaf, proof, ...trust })).toMatchObject({ ok: true });
    }
    const lines = (await log.exportLines(11)).values();
    const stream = (async function* () {
      yield* lines;
    })();
    expect(await verifyLogExport(stream, trust)).toMatchObject({ ok: true, checkpoint: { size: 11 } });
  });
});
