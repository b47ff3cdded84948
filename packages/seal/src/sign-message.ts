import type { JwsType } from '@liaison/contracts';
import jose from 'node-jose';
import { digestOf } from './digest.ts';
import { importSigningKey } from './import-key.ts';
import { type JwsHeader, jwsRules, signatureAlgorithm } from './jws-header.ts';
import { type PrivateJwk, requireOwnId } from './keys.ts';
import { judgeMembers } from './read-header.ts';
import { readObject } from './read-object.ts';
import { findRepeatedMember } from './read-jws.ts';
import { SealError, type SealFault } from './sealed.ts';

/** A private key with the id under which the directory lists it. */
export interface SigningKey {
  readonly kid: string;
  readonly jwk: PrivateJwk;
}

/** What is to be signed. */
export interface MessageToSign {
  readonly typ: JwsType;
  /** Participant id of the signer. */
  readonly issuer: string;
  readonly audience: string;
  /** Id of the message: lower-case UUIDv7. */
  readonly id: string;
  /** Now, milliseconds since 1970; `iat` is the second begun. */
  readonly issuedAtMs: number;
  /** Follows its schema: the caller has checked. */
  readonly payload: object;
}

/** A signed message and its identity. */
export interface SignedMessage {
  readonly jws: string;
  /** Digest of the payload's bytes. */
  readonly digest: string;
}

/**
 * Signs a message as compact JWS with ES256 (RFC 7515, 7.1). What `readJws` would refuse is not signed.
 * @throws SealError with the code that `readJws` would give, or `kid-not-thumbprint`.
 */
export async function signMessage(message: MessageToSign, key: SigningKey): Promise<SignedMessage> {
  requireOwnId(key.kid, key.jwk);
  const header = headerOf(message, key.kid);
  const payload = Buffer.from(JSON.stringify(message.payload));
  const fault = judgeUnsigned(header, payload);
  if (fault !== undefined) throw new SealError(fault);
  const signer = jose.JWS.createSign(
    { format: 'compact', fields: { ...header } },
    { key: await importSigningKey(key.jwk), reference: false },
  );
  return { jws: await signer.final(payload), digest: digestOf(payload) };
}

function headerOf(message: MessageToSign, kid: string): JwsHeader {
  return {
    alg: signatureAlgorithm,
    typ: message.typ,
    kid,
    iss: message.issuer,
    aud: message.audience,
    iat: Math.floor(message.issuedAtMs / 1000),
    jti: message.id,
  };
}

function judgeUnsigned(header: JwsHeader, payload: Buffer): SealFault | undefined {
  const fault = judgeMembers({ ...header }, jwsRules([header.typ]));
  if (fault !== undefined) return fault;
  const read = readObject(payload, 'payload');
  return read.ok ? findRepeatedMember({ ...header }, read.value) : read.fault;
}
