import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  randomBytes,
  sign,
  verify,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto';

// The JOSE profile with node:crypto alone: no check that the arithmetic does not need. For measuring only.

/** Turns a JWK into a key once, so that no operation pays for it. */
export function bareKeyOf(jwk: object): KeyObject {
  const key = { ...jwk } as JsonWebKey;
  return key.d === undefined
    ? createPublicKey({ key, format: 'jwk' })
    : createPrivateKey({ key, format: 'jwk' });
}

function toPart(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** Signs with ES256 as compact JWS (RFC 7515, 7.1). */
export function signBare(header: object, payload: object, key: KeyObject): string {
  const input = `${toPart(header)}.${toPart(payload)}`;
  const signature = sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' });
  return `${input}.${signature.toString('base64url')}`;
}

/** Whether a compact JWS was signed by this key with ES256. */
export function verifyBare(jws: string, key: KeyObject): boolean {
  const dot = jws.lastIndexOf('.');
  const signature = Buffer.from(jws.slice(dot + 1), 'base64url');
  return verify('sha256', Buffer.from(jws.slice(0, dot)), { key, dsaEncoding: 'ieee-p1363' }, signature);
}

/** The payload of a compact JWS. */
export function payloadOfBare(jws: string): unknown {
  return JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString());
}

const wrapInitialValue = Buffer.alloc(8, 0xa6);
const keyAlgorithm = 'ECDH-ES+A256KW';

function lengthPrefixed(text: string): Buffer {
  const bytes = Buffer.from(text);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** Concat KDF of RFC 7518, 4.6.2, for one block of SHA-256 and no party information. */
function deriveWrappingKey(shared: Buffer): Buffer {
  const round = Buffer.from([0, 0, 0, 1]);
  const bits = Buffer.from([0, 0, 1, 0]);
  const empty = lengthPrefixed('');
  return createHash('sha256')
    .update(Buffer.concat([round, shared, lengthPrefixed(keyAlgorithm), empty, empty, bits]))
    .digest();
}

/** Encrypts as compact JWE: ECDH-ES+A256KW, A256GCM (RFC 7516, 7.1). */
export function encryptBare(
  plaintext: Buffer,
  recipient: { readonly kid: string; readonly key: KeyObject },
): string {
  const ephemeral = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { crv, kty, x, y } = ephemeral.publicKey.export({ format: 'jwk' });
  const epk = { kty, crv, x, y };
  const header = toPart({ alg: keyAlgorithm, enc: 'A256GCM', typ: 'parcel+jwe', kid: recipient.kid, epk });
  const shared = diffieHellman({ privateKey: ephemeral.privateKey, publicKey: recipient.key });
  const contentKey = randomBytes(32);
  const wrap = createCipheriv('id-aes256-wrap', deriveWrappingKey(shared), wrapInitialValue);
  const wrapped = Buffer.concat([wrap.update(contentKey), wrap.final()]);
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', contentKey, iv).setAAD(Buffer.from(header));
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  const parts = [wrapped, iv, ciphertext, cipher.getAuthTag()].map((part) => part.toString('base64url'));
  return [header, ...parts].join('.');
}

/** Decrypts what `encryptBare`, or anybody who follows the profile, encrypted. @throws where it does not open. */
export function decryptBare(jwe: string, privateKey: KeyObject): Buffer {
  const [header = '', ...parts] = jwe.split('.');
  const [wrapped, iv, ciphertext, tag] = parts.map((part) => Buffer.from(part, 'base64url'));
  if (wrapped === undefined || iv === undefined || ciphertext === undefined || tag === undefined)
    throw new TypeError('not a compact JWE');
  const { epk } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { epk: JsonWebKey };
  const publicKey = createPublicKey({ key: epk, format: 'jwk' });
  const unwrap = createDecipheriv(
    'id-aes256-wrap',
    deriveWrappingKey(diffieHellman({ privateKey, publicKey })),
    wrapInitialValue,
  );
  const contentKey = Buffer.concat([unwrap.update(wrapped), unwrap.final()]);
  const decipher = createDecipheriv('aes-256-gcm', contentKey, iv)
    .setAAD(Buffer.from(header))
    .setAuthTag(tag);
  return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
}
