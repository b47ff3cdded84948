import type { Digest } from '../digest.ts';
import { LedgerError } from '../ledger-error.ts';
import { keyHash } from './key-hash.ts';
import { formatSignatureLine, isNoteText } from './note-lines.ts';

/** Who signs notes. */
export interface NoteSigner {
  /** Name of the key; the log's origin for a log's key. */
  readonly name: string;
  /** Ed25519, 32 bytes (RFC 8032). */
  readonly publicKey: Uint8Array;
  /** Signs with Ed25519; 64 bytes. */
  readonly sign: (message: Uint8Array<ArrayBuffer>) => Uint8Array | Promise<Uint8Array>;
}

/**
 * Signs a text as a note with one signature (C2SP signed-note).
 *
 * @throws LedgerError `note-text-wrong`, `key-name-wrong`, `public-key-length-wrong`
 */
export async function signNote({
  text,
  signer: { name, publicKey, sign },
  digest,
}: {
  readonly text: string;
  readonly signer: NoteSigner;
  readonly digest: Digest;
}): Promise<string> {
  if (!isNoteText(text)) throw new LedgerError('note-text-wrong');
  const hash = await keyHash({ name, publicKey, digest });
  const signature = await sign(new TextEncoder().encode(text));
  return `${text}\n${formatSignatureLine({ name, keyHash: hash, signature: new Uint8Array(signature) })}`;
}
