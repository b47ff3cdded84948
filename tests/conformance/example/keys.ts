import { generateKeyPairSync } from 'node:crypto';
import { base64Url, sha256, type Book, type ExampleKey } from './book.ts';

/** A key on P-256 with its id. */
export interface NamedKey {
  readonly kid: string;
  readonly jwk: ExampleKey;
}

function newKey(curve: 'P-256' | 'Ed25519'): string {
  const { privateKey } =
    curve === 'P-256' ? generateKeyPairSync('ec', { namedCurve: curve }) : generateKeyPairSync('ed25519');
  const { kty, crv, x, y, d } = privateKey.export({ format: 'jwk' });
  return JSON.stringify({ kty, crv, x, y, d }, null, 2);
}

/** The public members of a key on P-256 (RFC 7518, 6.2.1). */
export function publicPart({ kty, crv, x, y = '' }: ExampleKey) {
  return { kty, crv, x, y };
}

/** A key file and what its id is made of (RFC 7638, 3): three files from `first` on. */
export function makeKey(book: Book, first: number, name: string): NamedKey {
  const jwk = JSON.parse(
    book.chosen(`${first}-${name}.private-example-only.json`, () => newKey('P-256')),
  ) as ExampleKey;
  const { crv, kty, x, y } = jwk;
  const input = book.text(`${first + 1}-${name}.thumbprint-input.txt`, JSON.stringify({ crv, kty, x, y }));
  return { jwk, kid: book.text(`${first + 2}-${name}.kid.txt`, base64Url(sha256(input))) };
}

/** The log's key, its key hash and verifier key (C2SP signed-note): four files from `first` on. */
export function makeLogKey(book: Book, first: number, origin: string) {
  const jwk = JSON.parse(
    book.chosen(`${first}-log.private-example-only.json`, () => newKey('Ed25519')),
  ) as ExampleKey;
  const typed = Buffer.concat([Buffer.of(1), Buffer.from(jwk.x, 'base64url')]);
  const input = book.hex(
    `${first + 1}-log.key-hash-input.hex`,
    Buffer.concat([Buffer.from(`${origin}\n`), typed]),
  );
  const keyHash = book.hex(`${first + 2}-log.key-hash.hex`, sha256(input).subarray(0, 4));
  const verifierKey = book.text(
    `${first + 3}-log.verifier-key.txt`,
    `${origin}+${keyHash.toString('hex')}+${typed.toString('base64')}`,
  );
  return { jwk, keyHash, verifierKey };
}
