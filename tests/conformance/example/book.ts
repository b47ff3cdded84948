import { createHash, createPrivateKey, createPublicKey, sign, verify, type JsonWebKey } from 'node:crypto';

/** A key of the example as its file has it. */
export interface ExampleKey {
  readonly kty: string;
  readonly crv: string;
  readonly x: string;
  readonly y?: string;
  readonly d: string;
}

/** The files of the worked example while they are made, by name; of a file, exactly its text. */
export interface Book {
  readonly files: ReadonlyMap<string, string>;
  /** Writes a file: JSON and other text as it is. */
  text(name: string, text: string): string;
  /** Writes bytes in lower-case hex. */
  hex(name: string, bytes: Uint8Array): Buffer;
  /** A file that is chosen and not computed (a key, a salt): what it holds stays as it is. */
  chosen(name: string, choose: () => string): string;
  /** A signature, kept while it verifies: those of ES256 come out differently each time. */
  signature(name: string, key: ExampleKey, input: string): Buffer;
}

/** Encodes as unpadded base64url (RFC 7515, 2). */
export function base64Url(bytes: Uint8Array | string): string {
  return Buffer.from(bytes).toString('base64url');
}

/** SHA-256 of bytes or of a text's UTF-8. */
export function sha256(bytes: Uint8Array | string): Buffer {
  return createHash('sha256').update(bytes).digest();
}

/** A digest as the contracts write it. */
export function digestOf(bytes: Uint8Array | string): string {
  return `sha-256:${base64Url(sha256(bytes))}`;
}

function toJwk({ kty, crv, x, y }: ExampleKey): JsonWebKey {
  return { kty, crv, x, ...(y === undefined ? {} : { y }) };
}

/** Signs as its curve asks: P-256 with SHA-256 and 64 bytes `r ‖ s` (RFC 7518, 3.4), Ed25519 as it is (RFC 8032). */
function signWith(key: ExampleKey, input: Buffer): Buffer {
  const privateKey = createPrivateKey({ key: { ...toJwk(key), d: key.d }, format: 'jwk' });
  return key.crv === 'Ed25519'
    ? sign(null, input, privateKey)
    : sign('sha256', input, { key: privateKey, dsaEncoding: 'ieee-p1363' });
}

/** Whether a signature is by the key of that file. */
function isSignedBy(key: ExampleKey, input: Buffer, signature: Uint8Array): boolean {
  const publicKey = createPublicKey({ key: toJwk(key), format: 'jwk' });
  return key.crv === 'Ed25519'
    ? verify(null, input, publicKey, signature)
    : verify('sha256', input, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature);
}

/** Starts a book beside the one that was made before; without one every key is new. */
export function openBook(before: ReadonlyMap<string, string>): Book {
  const files = new Map<string, string>();
  const put = (name: string, text: string): string => {
    if (files.has(name)) throw new Error(`${name} is written twice`);
    files.set(name, text);
    return text;
  };
  return {
    files,
    text: put,
    hex(name, bytes) {
      put(name, Buffer.from(bytes).toString('hex'));
      return Buffer.from(bytes);
    },
    chosen: (name, choose) => put(name, before.get(name) ?? choose()),
    signature(name, key, input) {
      const bytes = Buffer.from(input);
      const kept = Buffer.from(before.get(name) ?? '', 'hex');
      const isGood = kept.length === 64 && isSignedBy(key, bytes, kept);
      const signature = isGood ? kept : signWith(key, bytes);
      put(name, signature.toString('hex'));
      return signature;
    },
  };
}
