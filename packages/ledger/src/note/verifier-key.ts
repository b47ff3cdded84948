import { decodeBase64, encodeBase64 } from '../bytes/base64.ts';
import { concatBytes } from '../bytes/concat-bytes.ts';
import type { Digest } from '../digest.ts';
import { ed25519Type, isKeyName, keyHash, publicKeyBytes } from './key-hash.ts';

/** A key that notes may be signed with. */
export interface VerifierKey {
  /** The log's origin for a log's key. */
  readonly name: string;
  /** Four bytes. */
  readonly keyHash: Uint8Array;
  /** Ed25519, 32 bytes (RFC 8032). */
  readonly publicKey: Uint8Array;
}

/** What became of a verifier key's text. */
export type VerifierKeyResult =
  | { readonly ok: true; readonly key: VerifierKey }
  | {
      readonly ok: false;
      readonly code:
        | 'verifier-key-malformed'
        /** Another signature type: a key for other tools, not a fault. */
        | 'verifier-key-type-unknown'
        | 'verifier-key-hash-wrong';
    };

function encodeHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Text of a verifier key: `<name>+<key hash, 8 hex digits>+<base64 of 0x01 and the public key>`, as in C2SP's tools.
 *
 * @throws LedgerError `key-name-wrong`, `public-key-length-wrong`
 */
export async function formatVerifierKey(key: {
  readonly name: string;
  readonly publicKey: Uint8Array;
  readonly digest: Digest;
}): Promise<string> {
  const hash = encodeHex(await keyHash(key));
  return `${key.name}+${hash}+${encodeBase64(concatBytes(Uint8Array.of(ed25519Type), key.publicKey))}`;
}

/** Reads a verifier key and checks that its hash is that of its name and public key. */
export async function parseVerifierKey(text: string, digest: Digest): Promise<VerifierKeyResult> {
  const parts = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text);
  const [, name = '', hash, encoded = ''] = parts ?? [];
  const bytes = decodeBase64(encoded);
  if (!isKeyName(name) || bytes === undefined) return { ok: false, code: 'verifier-key-malformed' };
  if (bytes[0] !== ed25519Type) return { ok: false, code: 'verifier-key-type-unknown' };
  const publicKey = bytes.slice(1);
  if (publicKey.length !== publicKeyBytes) return { ok: false, code: 'verifier-key-malformed' };
  const key = { name, publicKey, keyHash: await keyHash({ name, publicKey, digest }) };
  if (encodeHex(key.keyHash) !== hash) return { ok: false, code: 'verifier-key-hash-wrong' };
  return { ok: true, key };
}
