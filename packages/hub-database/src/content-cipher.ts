import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto';
import { CodedError, type RandomBytes } from '@liaison/service';

/** A key that wraps the keys of referrals; several can be read, one wraps. */
export interface WrappingKey {
  readonly id: string;
  /** 32 bytes. */
  readonly bytes: Uint8Array;
}

/** The wrapped key of one referral, as it lies in `vault`. */
export interface WrappedKey {
  readonly wrappingKeyId: string;
  readonly wrapped: Uint8Array;
}

/** Encrypts what is personal, with a key of its own for each referral. */
export interface ContentCipher {
  /** A new key for a referral, and its wrapped form. */
  newKey(): { readonly key: Uint8Array; readonly wrapped: WrappedKey };
  /** @throws CodedError `wrapping-key-unknown`, `content-key-broken`. */
  unwrapKey(wrapped: WrappedKey): Uint8Array;
  /** Encrypts a message; its id is bound to it, so that rows cannot be exchanged unseen. */
  seal(key: Uint8Array, messageId: string, text: string): Uint8Array;
  /** @throws CodedError `content-broken` where a byte, the key or the id is another. */
  open(key: Uint8Array, messageId: string, sealed: Uint8Array): string;
}

const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
/** Initial value of RFC 3394, 2.2.3.1. */
const wrapInitialValue = Buffer.alloc(8, 0xa6);

function additionalData(messageId: string): Buffer {
  return Buffer.from(`liaison-content-v1|${messageId}`);
}

/** Node finds out what bytes are by what they throw, which costs more than the cipher; a key says what it is. */
function toKeyObject(key: Uint8Array): KeyObject {
  return createSecretKey(key);
}

function wrapKey(key: Uint8Array, wrapping: WrappingKey): Uint8Array {
  const cipher = createCipheriv('id-aes256-wrap', toKeyObject(wrapping.bytes), wrapInitialValue);
  return Buffer.concat([cipher.update(key), cipher.final()]);
}

/**
 * The cipher of `content`: AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce under a key per referral, which is
 * wrapped with AES-256 key wrap (RFC 3394).
 * @param wrappingKeys the first one wraps, all can unwrap, so that wrapping keys can be rotated.
 * @throws CodedError `wrapping-key-missing`.
 */
export function createContentCipher(
  wrappingKeys: readonly WrappingKey[],
  randomBytes: RandomBytes,
): ContentCipher {
  const [current] = wrappingKeys;
  if (current === undefined)
    throw new CodedError('wrapping-key-missing', 'There is no key to wrap content keys with.');
  return {
    newKey() {
      const key = randomBytes(keyBytes);
      return { key, wrapped: { wrappingKeyId: current.id, wrapped: wrapKey(key, current) } };
    },
    unwrapKey({ wrappingKeyId, wrapped }) {
      const wrapping = wrappingKeys.find(({ id }) => id === wrappingKeyId);
      if (wrapping === undefined)
        throw new CodedError('wrapping-key-unknown', 'The wrapping key is not held.');
      try {
        const decipher = createDecipheriv('id-aes256-wrap', toKeyObject(wrapping.bytes), wrapInitialValue);
        return Buffer.concat([decipher.update(wrapped), decipher.final()]);
      } catch (error) {
        throw new CodedError('content-key-broken', 'The wrapped key does not unwrap.', { cause: error });
      }
    },
    seal(key, messageId, text) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', toKeyObject(key), nonce).setAAD(additionalData(messageId));
      const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, ciphertext, cipher.getAuthTag()]);
    },
    open(key, messageId, sealed) {
      try {
        const decipher = createDecipheriv('aes-256-gcm', toKeyObject(key), sealed.subarray(0, nonceBytes))
          .setAAD(additionalData(messageId))
          .setAuthTag(sealed.subarray(-tagBytes));
        const ciphertext = sealed.subarray(nonceBytes, -tagBytes);
        return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8');
      } catch (error) {
        throw new CodedError('content-broken', 'Stored content does not open.', { cause: error });
      }
    },
  };
}
