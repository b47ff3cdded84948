import {
  createCipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  randomBytes,
} from 'node:crypto';
import { base64Url, digestOf, sha256, type Book, type ExampleKey } from './book.ts';
import { publicPart, type NamedKey } from './keys.ts';

/** The header's members that differ from message to message. */
export interface MessageHeader {
  readonly typ: string;
  readonly iss: string;
  readonly aud: string;
  readonly iat: number;
  readonly jti: string;
}

/** A signed message as the files have it. */
export interface MadeMessage {
  readonly jws: string;
  /** Of the payload's bytes. */
  readonly digest: string;
}

/** A signed message: payload, header, signing input, signature, JWS, digest; six files from `first` on. */
export function makeMessage(
  book: Book,
  made: { readonly first: number; readonly name: string; readonly payload: object },
  signed: MessageHeader & { readonly key: NamedKey },
): MadeMessage {
  const { first, name } = made;
  const { typ, iss, aud, iat, jti, key } = signed;
  const payload = book.text(`${first}-${name}.payload.json`, JSON.stringify(made.payload));
  const header = book.text(
    `${first + 1}-${name}.header.json`,
    JSON.stringify({ alg: 'ES256', typ, kid: key.kid, iss, aud, iat, jti }),
  );
  const input = book.text(
    `${first + 2}-${name}.signing-input.txt`,
    `${base64Url(header)}.${base64Url(payload)}`,
  );
  const signature = book.signature(`${first + 3}-${name}.signature.hex`, key.jwk, input);
  const jws = book.text(`${first + 4}-${name}.jws.txt`, `${input}.${base64Url(signature)}`);
  return { jws, digest: book.text(`${first + 5}-${name}.digest.txt`, digestOf(payload)) };
}

function newEphemeralKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { kty, crv, x, y, d } = privateKey.export({ format: 'jwk' });
  return JSON.stringify({ kty, crv, x, y, d }, null, 2);
}

function lengthAndBytes(text: string): Buffer {
  const bytes = Buffer.from(text);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** Other info of the Concat KDF: algorithm, no party info, 256 bits (RFC 7518, 4.6.2). */
function otherInfo(): Buffer {
  return Buffer.concat([
    lengthAndBytes('ECDH-ES+A256KW'),
    lengthAndBytes(''),
    lengthAndBytes(''),
    Buffer.of(0, 0, 1, 0),
  ]);
}

/** A parcel with everything between plaintext and JWE: fourteen files from `first` on. */
export function makeParcel(
  book: Book,
  made: { readonly first: number; readonly name: string; readonly plaintext: object },
  recipient: NamedKey,
): { readonly jwe: string; readonly digest: string } {
  const { first, name } = made;
  const at = (place: number, part: string): string => `${first + place}-${name}.${part}`;
  const plaintext = book.text(at(0, 'plaintext.json'), JSON.stringify(made.plaintext));
  const ephemeral = JSON.parse(
    book.chosen(at(1, 'ephemeral.private-example-only.json'), newEphemeralKey),
  ) as ExampleKey;
  const header = book.text(
    at(2, 'header.json'),
    JSON.stringify({
      alg: 'ECDH-ES+A256KW',
      enc: 'A256GCM',
      typ: 'parcel+jwe',
      kid: recipient.kid,
      epk: publicPart(ephemeral),
    }),
  );
  const shared = book.hex(
    at(3, 'shared-secret.hex'),
    diffieHellman({
      privateKey: createPrivateKey({ key: { ...ephemeral }, format: 'jwk' }),
      publicKey: createPublicKey({ key: publicPart(recipient.jwk), format: 'jwk' }),
    }),
  );
  const info = book.hex(at(4, 'other-info.hex'), otherInfo());
  const wrappingKey = book.hex(
    at(5, 'wrapping-key.hex'),
    sha256(Buffer.concat([Buffer.of(0, 0, 0, 1), shared, info])),
  );
  const contentKey = Buffer.from(
    book.chosen(at(6, 'content-key.hex'), () => randomBytes(32).toString('hex')),
    'hex',
  );
  const wrap = createCipheriv('id-aes256-wrap', wrappingKey, Buffer.alloc(8, 0xa6));
  const encryptedKey = book.hex(
    at(7, 'encrypted-key.hex'),
    Buffer.concat([wrap.update(contentKey), wrap.final()]),
  );
  const iv = Buffer.from(
    book.chosen(at(8, 'iv.hex'), () => randomBytes(12).toString('hex')),
    'hex',
  );
  const aad = book.text(at(9, 'additional-data.txt'), base64Url(header));
  const cipher = createCipheriv('aes-256-gcm', contentKey, iv).setAAD(Buffer.from(aad));
  const ciphertext = book.hex(
    at(10, 'ciphertext.hex'),
    Buffer.concat([cipher.update(plaintext), cipher.final()]),
  );
  const tag = book.hex(at(11, 'tag.hex'), cipher.getAuthTag());
  const parts = [encryptedKey, iv, ciphertext, tag].map((part) => base64Url(part));
  const jwe = book.text(at(12, 'jwe.txt'), [aad, ...parts].join('.'));
  return { jwe, digest: book.text(at(13, 'digest.txt'), digestOf(jwe)) };
}
