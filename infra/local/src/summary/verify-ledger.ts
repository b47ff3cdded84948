import { createPublicKey, verify as verifySignature } from 'node:crypto';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { originOf } from '@liaison/contracts';
import { encodeBase64, parseVerifierKey, verifyLogExport } from '@liaison/ledger';
import { logKeyOf } from '../setup/derive-settings.ts';
import type { Installation } from '../setup/installation.ts';
import { sha256 } from '../sha256.ts';

/** What verifying the whole ledger came to. */
export interface VerifiedLedger {
  readonly size: number;
  /** Base64 of the root hash; empty where it does not verify. */
  readonly root: string;
  readonly verified: boolean;
}

/** SubjectPublicKeyInfo of an Ed25519 key begins like this (RFC 8410). */
const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex');

/** Checks an Ed25519 signature (RFC 8032). */
export function verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const key = createPublicKey({ key: Buffer.concat([spkiPrefix, publicKey]), format: 'der', type: 'spki' });
  return verifySignature(null, message, key, signature);
}

/** The leaf that a receipt carries, as text. */
function leafOf(receipt: string): string {
  const payload = JSON.parse(Buffer.from(receipt.split('.')[1] ?? '', 'base64url').toString()) as {
    ledger: { leaf: string };
  };
  return payload.ledger.leaf;
}

async function* linesOf(response: Response, onLeaf: (leaf: string) => void): AsyncGenerator<string> {
  if (response.body === null) return;
  const stream = Readable.from(response.body);
  for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) {
    const leaf = /"leaf":"([A-Za-z0-9_-]+)"/.exec(line)?.[1];
    if (leaf !== undefined) onLeaf(leaf);
    yield line;
  }
}

/**
 * Verifies the whole ledger as an outsider would: exported, rebuilt from its leaves, held against its signed checkpoint;
 * and every receipt's leaf has to be in it.
 */
export async function verifyLedger(
  readExport: () => Promise<Response>,
  context: { readonly installation: Installation; readonly receipts: readonly string[] },
): Promise<VerifiedLedger> {
  const { installation, receipts } = context;
  const missing = new Set(receipts.map(leafOf));
  const response = await readExport();
  const key = await parseVerifierKey(await logKeyOf(installation), sha256);
  if (!key.ok) return { size: 0, root: '', verified: false };
  const result = await verifyLogExport(
    linesOf(response, (leaf) => missing.delete(leaf)),
    {
      origin: originOf(installation.instance),
      verifierKeys: [key.key],
      digest: sha256,
      verify: verifyEd25519,
    },
  );
  if (!result.ok) return { size: 0, root: '', verified: false };
  const { size, root } = result.checkpoint;
  return { size, root: encodeBase64(root), verified: missing.size === 0 };
}
