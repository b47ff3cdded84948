import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import {
  formatVerifierKey,
  keyHash,
  type LogTrust,
  type NoteSigner,
  type VerifySignature,
} from '@liaison/ledger';
import { CodedError } from '@liaison/service';
import { sha256 } from './sha256.ts';

/** The private key with which checkpoints are signed (RFC 8037). */
export interface LogKey {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  /** Base64url of the public key. */
  readonly x: string;
  /** Base64url of the seed. */
  readonly d: string;
}

/** A log: its name, who signs for it, and how anyone checks that. */
export interface LogIdentity {
  readonly origin: string;
  readonly signer: NoteSigner;
  /** The key as C2SP verifier key. */
  readonly verifierKey: string;
  readonly trust: LogTrust;
}

/** Verifies Ed25519 (RFC 8032). */
export const verifySignature: VerifySignature = (publicKey, message, signature) => {
  const x = Buffer.from(publicKey).toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  return verify(null, message, key, signature);
};

function readPrivateKey(logKey: LogKey): KeyObject {
  try {
    const { kty, crv, x, d } = logKey;
    const key = createPrivateKey({ key: { kty, crv, x, d }, format: 'jwk' });
    // Node takes the seed alone: a public key that belongs to another one would go unnoticed.
    if (key.asymmetricKeyType === 'ed25519' && createPublicKey(key).export({ format: 'jwk' }).x === x)
      return key;
  } catch {
    // What is wrong with a private key is nobody's to read.
  }
  throw new CodedError('log-key-invalid', 'The key of the log is not an Ed25519 key pair.');
}

/**
 * The log of one origin, which is also the name of its key (C2SP tlog-checkpoint).
 * @throws CodedError `log-key-invalid`; LedgerError `key-name-wrong`.
 */
export async function createLogIdentity(origin: string, logKey: LogKey): Promise<LogIdentity> {
  const privateKey = readPrivateKey(logKey);
  const publicKey = new Uint8Array(Buffer.from(logKey.x, 'base64url'));
  const named = { name: origin, publicKey, digest: sha256 };
  return {
    origin,
    signer: { name: origin, publicKey, sign: (message) => sign(null, message, privateKey) },
    verifierKey: await formatVerifierKey(named),
    trust: {
      origin,
      verifierKeys: [{ name: origin, publicKey, keyHash: await keyHash(named) }],
      verify: verifySignature,
    },
  };
}
