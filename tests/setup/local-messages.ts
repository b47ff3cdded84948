import { randomBytes } from 'node:crypto';
import { audienceOf, hubParticipantId } from '@liaison/contracts';
import { addressesOf, type RunningLocal } from '@liaison/local';
import { signMessage, type SigningKey } from '@liaison/seal';
import { createNewId, systemClock } from '@liaison/service';

/** Ids for messages to a running Liaison. */
export const newLocalId = createNewId(systemClock, randomBytes);

/** How a message differs from an honest one. */
export interface MessageChanges {
  readonly senderId?: string;
  readonly audience?: string;
  readonly aheadMs?: number;
}

function senderKeyOf({ installation }: RunningLocal, senderId: string): SigningKey {
  const found = installation.senders.find(({ participant }) => participant.id === senderId);
  if (found === undefined) throw new Error('no such sender');
  return { kid: found.signing.kid, jwk: found.signing.privateJwk };
}

async function sign(
  local: RunningLocal,
  typ: 'referral+jws' | 'request+jws',
  message: MessageChanges & { readonly payload: object },
): Promise<string> {
  const { senderId = 'example-chat', aheadMs = 0, payload } = message;
  const { instance } = local.installation;
  const { jws } = await signMessage(
    {
      typ,
      issuer: senderId,
      audience: message.audience ?? audienceOf(instance, hubParticipantId),
      id: newLocalId(),
      issuedAtMs: systemClock.nowMs() + aheadMs,
      payload,
    },
    senderKeyOf(local, senderId),
  );
  return jws;
}

/** Signs a referral to a running Liaison as a sender of it, or whatever the sender calls one. */
export function signLocalReferral(
  local: RunningLocal,
  payload: object,
  changes: MessageChanges = {},
): Promise<string> {
  return sign(local, 'referral+jws', { ...changes, payload });
}

/** Signs a token for one read of a running Liaison. */
export function signLocalToken(
  local: RunningLocal,
  path: string,
  changes: MessageChanges = {},
): Promise<string> {
  const payload = {
    exp: Math.floor(systemClock.nowMs() / 1000) + 30,
    htm: 'GET',
    htu: `${addressesOf(local.ports).submissionApi}${path.split('?')[0] ?? ''}`,
  };
  return sign(local, 'request+jws', { ...changes, payload });
}

/** A compact JWS that nobody signed: form without substance. */
export function forgeJws(header: object, payload: string): string {
  const parts = [JSON.stringify(header), payload].map((part) => Buffer.from(part).toString('base64url'));
  return [...parts, randomBytes(64).toString('base64url')].join('.');
}
