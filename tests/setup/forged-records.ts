import { audienceOf, hubParticipantId, topicTo } from '@liaison/contracts';
import { openExchange } from '@liaison/exchange';
import type { RunningLocal } from '@liaison/local';
import { encryptParcel, generateKeyPair, signMessage, type SigningKey } from '@liaison/seal';
import { silentLog, systemClock } from '@liaison/service';
import type { ConformanceMember } from './conformance-members.ts';
import { newLocalId } from './local-messages.ts';

type Recipient = Parameters<typeof encryptParcel>[1];

/** The hub's own key for dispatches: what a thief of it could sign. */
function dispatchKeyOf({ installation }: RunningLocal): SigningKey {
  const { kid, privateJwk } = installation.hub.dispatch;
  return { kid, jwk: privateJwk };
}

/** A key that nobody listed. */
export function strangerKey(): SigningKey {
  const { kid, privateJwk } = generateKeyPair();
  return { kid, jwk: privateJwk };
}

/** Signs a payload as a dispatch of the hub. */
export async function signAsHub(
  local: RunningLocal,
  payload: object,
  changes: { readonly key?: SigningKey; readonly addressee: string; readonly id?: string },
): Promise<string> {
  const { jws } = await signMessage(
    {
      typ: 'dispatch+jws',
      issuer: hubParticipantId,
      audience: audienceOf(local.installation.instance, changes.addressee),
      id: changes.id ?? newLocalId(),
      issuedAtMs: systemClock.nowMs(),
      payload,
    },
    changes.key ?? dispatchKeyOf(local),
  );
  return jws;
}

/** Seals messages to a key. */
export function sealTo(
  recipient: Recipient,
  messages: readonly string[],
  between: { readonly from?: string; readonly to: string },
): Promise<string> {
  const { from = hubParticipantId, to } = between;
  return encryptParcel({ parcelId: newLocalId(), from, to, messages: [...messages] }, recipient);
}

/** The newest encryption key that a member made, from its own file. */
export async function encryptionKeyOf(
  member: ConformanceMember,
  thumbprint: (jwk: Recipient['jwk']) => string,
): Promise<Recipient> {
  const keys = (await member.read('private.json')) as readonly (Recipient['jwk'] & { use: string })[];
  const key = keys.findLast(({ use }) => use === 'enc');
  if (key === undefined) throw new Error('no encryption key');
  const { kty, crv, x, y } = key;
  const jwk = { kty, crv, x, y };
  return { kid: thumbprint(jwk), jwk };
}

/** Puts records on what the hub writes to a participant, as whoever broke into the hub could. */
export async function sendAsHub(
  { installation, exchange: place }: RunningLocal,
  participantId: string,
  values: readonly string[],
): Promise<void> {
  const { instance } = installation;
  const { url, tls } = place.accessOf(hubParticipantId);
  const exchange = await openExchange(url, { log: silentLog, applicationName: 'test', tls });
  try {
    await exchange.send(
      topicTo(instance, participantId),
      values.map((value) => ({ key: 'forged', value: Buffer.from(value), headers: {} })),
    );
  } finally {
    await exchange.close();
  }
}
