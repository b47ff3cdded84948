import { type Parcel, parcelType, type PublicJwk } from '@liaison/contracts';
import jose from 'node-jose';
import { importEncryptingKey } from './import-key.ts';
import { generateKeyPair, requireOwnId } from './keys.ts';
import { contentAlgorithm, keyAlgorithm } from './parcel-header.ts';

/** For whom a parcel is encrypted. */
export interface ParcelRecipient {
  readonly kid: string;
  readonly jwk: PublicJwk;
}

/**
 * Encrypts a parcel to one recipient as compact JWE: ECDH-ES+A256KW, A256GCM, never compressed (RFC 7516, 7.1).
 * @throws SealError `kid-not-thumbprint`.
 */
export async function encryptParcel(parcel: Parcel, recipient: ParcelRecipient): Promise<string> {
  requireOwnId(recipient.kid, recipient.jwk);
  const encrypter = jose.JWE.createEncrypt(
    {
      format: 'compact',
      contentAlg: contentAlgorithm,
      fields: { alg: keyAlgorithm, enc: contentAlgorithm, typ: parcelType, kid: recipient.kid },
    },
    {
      key: await importEncryptingKey(recipient.jwk),
      reference: false,
      // Made natively: node-jose would make it in JavaScript, five times slower than all the rest.
      epk: generateKeyPair().privateJwk,
    },
  );
  return encrypter.final(Buffer.from(JSON.stringify(parcel)));
}
