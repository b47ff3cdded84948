import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import type { Digest, VerifySignature } from '@liaison/ledger';

/** SHA-256, as the ledger's verifiers take it. */
export const sha256: Digest = (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest());

/** RFC 8410, 4: the head of every Ed25519 SubjectPublicKeyInfo. */
const spkiHead = Buffer.from('302a300506032b6570032100', 'hex');

function importKey(publicKey: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([spkiHead, publicKey]), format: 'der', type: 'spki' });
}

/** Verifies Ed25519 (RFC 8032), as the ledger's verifiers take it. */
export const verifyEd25519: VerifySignature = (publicKey, message, signature) =>
  verify(null, message, importKey(publicKey), signature);
