import { createCipheriv, randomBytes } from 'node:crypto';
import type { NewId } from '@liaison/service';
import { payloadOfBare, signBare, verifyBare } from './bare-crypto.ts';
import { digestOfPayload, makeEvent } from './bare-events.ts';
import { commit, type BarePlaces } from './bare-places.ts';

/** A referral of the baseline, with the one state that it concerns. */
export interface BareReferral {
  readonly senderId: string;
  readonly addresseeId: string;
  readonly jws: string;
}

/** A referral that was accepted. */
export interface AcceptedBare extends BareReferral {
  readonly id: string;
  readonly contentKey: Buffer;
  readonly acceptedAt: string;
}

/** Encrypts a stored message as the hub does. */
export function sealContent(key: Buffer, messageId: string, text: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(
    Buffer.from(`liaison-content-v1|${messageId}`),
  );
  const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, ciphertext, cipher.getAuthTag()]);
}

const wrapInitialValue = Buffer.alloc(8, 0xa6);

/** Verifies, signs the receipt and commits one referral, with the rows and the one transaction that acceptance has. */
export async function acceptBare(
  referral: BareReferral,
  places: BarePlaces,
  deps: { readonly newId: NewId; readonly origin: string },
): Promise<AcceptedBare> {
  const { senderId, jws } = referral;
  const sender = places.senders.get(senderId);
  if (sender === undefined || !verifyBare(jws, sender.signing.public)) throw new TypeError('not signed');
  const { providerReference } = payloadOfBare(jws) as { providerReference: string };
  const id = deps.newId();
  const payloadDigest = digestOfPayload(jws);
  const acceptedAt = new Date().toISOString();
  const event = makeEvent(deps.newId, deps.origin, {
    type: 'referralAccepted',
    subjectId: id,
    actorId: senderId,
    facts: { kind: 'providerReport', sender: senderId, state: 'accepted' },
    details: { payloadDigest, providerReference, referralId: id, signerKid: sender.signing.kid },
    referralId: id,
    audience: senderId,
  });
  const ledger = {
    leaf: event.leaf.toString('base64url'),
    salt: event.salt.toString('base64url'),
    details: event.details,
  };
  const isNot = [
    'reportUnderArticle12OfCom2022209',
    'notificationUnderArticle18OfRegulation20222065',
    'evidence',
  ];
  const { kid, private: key } = places.receipt.signing;
  const receipt = signBare(
    {
      alg: 'ES256',
      typ: 'submission-receipt+jws',
      kid,
      iss: 'hub',
      aud: senderId,
      iat: 0,
      jti: deps.newId(),
    },
    { schemaVersion: '1.0', referralId: id, providerReference, payloadDigest, acceptedAt, isNot, ledger },
    key,
  );
  const contentKey = randomBytes(32);
  const wrap = createCipheriv('id-aes256-wrap', places.wrappingKey, wrapInitialValue);
  const wrapped = Buffer.concat([wrap.update(contentKey), wrap.final()]);
  await commit(places.hub, [
    {
      name: 'accept',
      text: `select outcome from intake.accept($1, $2, 'provider', 'providerReport', $3, $4, $5, null, null, false, $6,
        $7, $8, 'wrapping-1', $9, $10, $11, $12, $13)`,
      values: [
        id,
        senderId,
        providerReference,
        payloadDigest,
        sender.signing.kid,
        acceptedAt,
        receipt,
        sealContent(contentKey, id, jws),
        wrapped,
        event.id,
        event.leaf,
        event.salt,
        event.details,
      ],
    },
  ]);
  return { ...referral, id, contentKey, acceptedAt };
}
