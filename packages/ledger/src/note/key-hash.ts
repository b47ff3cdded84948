import { concatBytes } from '../bytes/concat-bytes.ts';
import type { Digest } from '../digest.ts';
import { LedgerError } from '../ledger-error.ts';

/** Signature type of C2SP signed-note: Ed25519 over the note's text. */
export const ed25519Type = 1;

/** Bytes of an Ed25519 public key (RFC 8032). */
export const publicKeyBytes = 32;

/** Bytes of a key hash. */
export const keyHashBytes = 4;

/** Whether a text may name a key: not empty, no Unicode space, no plus, no control character (C2SP signed-note). */
export function isKeyName(name: string): boolean {
  return name !== '' && name.isWellFormed() && !/[\p{White_Space}\p{Cc}+]/u.test(name);
}

/**
 * The four bytes that, with the name, say which key signed: the beginning of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key)
 * (C2SP signed-note, "Ed25519 signatures").
 *
 * @throws LedgerError `key-name-wrong`, `public-key-length-wrong`
 */
export async function keyHash({
  name,
  publicKey,
  digest,
}: {
  readonly name: string;
  readonly publicKey: Uint8Array;
  readonly digest: Digest;
}): Promise<Uint8Array> {
  if (!isKeyName(name)) throw new LedgerError('key-name-wrong');
  if (publicKey.length !== publicKeyBytes) throw new LedgerError('public-key-length-wrong');
  const prefix = new TextEncoder().encode(`${name}\n`);
  const hash = await digest(concatBytes(prefix, Uint8Array.of(ed25519Type), publicKey));
  return hash.slice(0, keyHashBytes);
}
