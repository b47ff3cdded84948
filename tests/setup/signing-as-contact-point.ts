import {
  audienceOf,
  hubParticipantId,
  type DeliveryReceipt,
  type Dispatch,
  type RefusalCode,
} from '@liaison/contracts';
import type { InstalledContactPoint } from '@liaison/local';
import { digestOf, encryptParcel, signMessage, type ReadJws } from '@liaison/seal';
import { formatUtc } from '@liaison/service';
import { readAlarms } from './hub-records.ts';
import type { PlayedContactPoint, ReceivedParcel } from './played-contact-point.ts';
import { until } from './submitting.ts';
import type { TestHub } from './test-hub.ts';

type Entries = DeliveryReceipt['entries'];

/** What a contact point says of a parcel. */
export type Said = Pick<DeliveryReceipt, 'outcome' | 'code' | 'entries'>;

/** Says that every message was taken. */
export function accepted({ messages }: Pick<ReceivedParcel, 'messages'>): Said {
  const entries: Entries = messages.map(({ header, digest }) => ({
    dispatchId: header.jti,
    digest,
    outcome: 'accepted',
    code: null,
  }));
  return { outcome: 'opened', code: null, entries };
}

/** Says that every message was refused for the same reason. */
export function refused({ messages }: Pick<ReceivedParcel, 'messages'>, code: RefusalCode): Said {
  const entries: Entries = messages.map(({ header, digest }) => ({
    dispatchId: header.jti,
    digest,
    outcome: 'refused',
    code,
  }));
  return { outcome: 'opened', code: null, entries };
}

/** Says that the parcel could not be opened. */
export const notOpened: Said = { outcome: 'refused', code: 'undecryptable', entries: [] };

/** Signs a receipt for a parcel as a contact point; its own or, where the signer differs, another's. */
export async function signReceipt(
  hub: TestHub,
  { participant, signing }: InstalledContactPoint,
  receipt: { readonly parcel: Pick<ReceivedParcel, 'digest' | 'parcelId'>; readonly said: Said },
): Promise<string> {
  const { parcel, said } = receipt;
  const payload: DeliveryReceipt = {
    schemaVersion: '1.0',
    parcelId: said.outcome === 'refused' ? null : parcel.parcelId,
    parcelDigest: parcel.digest,
    receivedAt: formatUtc(hub.clock.nowMs()),
    ...said,
  };
  const { jws } = await signMessage(
    {
      typ: 'delivery-receipt+jws',
      issuer: participant.id,
      audience: audienceOf(hub.installation.instance, hubParticipantId),
      id: hub.newId(),
      issuedAtMs: hub.clock.nowMs(),
      payload,
    },
    { kid: signing.kid, jwk: signing.privateJwk },
  );
  return jws;
}

/** Signs an answer to a dispatch: the members of its kind, and those of the envelope that differ. */
export async function signFeedback(
  hub: TestHub,
  { participant, signing }: InstalledContactPoint,
  answer: { readonly id?: string; readonly to: ReadJws; readonly content: Readonly<Record<string, unknown>> },
): Promise<string> {
  const { header, payload } = answer.to;
  const { referralId, policyVersion, handling } = payload as Dispatch;
  const { jws } = await signMessage(
    {
      typ: 'feedback+jws',
      issuer: participant.id,
      audience: audienceOf(hub.installation.instance, hubParticipantId),
      id: answer.id ?? hub.newId(),
      issuedAtMs: hub.clock.nowMs(),
      payload: {
        schemaVersion: '1.0',
        inReplyTo: header.jti,
        referralId,
        sequence: 1,
        handling,
        policyVersion,
        ...answer.content,
      },
    },
    { kid: signing.kid, jwk: signing.privateJwk },
  );
  return jws;
}

/** Seals messages of a contact point into a parcel to the hub. */
export async function sealToHub(
  hub: TestHub,
  { participant }: InstalledContactPoint,
  messages: readonly string[],
): Promise<Buffer> {
  const { kid, publicJwk } = hub.installation.hub.encryption;
  const parcel = {
    parcelId: hub.newId(),
    from: participant.id,
    to: hubParticipantId,
    messages: [...messages],
  };
  return Buffer.from(await encryptParcel(parcel, { kid, jwk: publicJwk }));
}

/**
 * Waits until the hub has read everything that a contact point has sent: records of one topic keep their order, so a
 * receipt for nothing, and the alarm that it raises, come last.
 */
export async function untilRead(hub: TestHub, contactPoint: PlayedContactPoint): Promise<void> {
  const id = hub.newId();
  const parcel = { parcelId: id, digest: digestOf(Buffer.from(id)) };
  const said: Said = { outcome: 'opened', code: null, entries: [] };
  await contactPoint.send(await signReceipt(hub, contactPoint.installed, { parcel, said }));
  await until('everything was read', async () => (await readAlarms(hub, parcel.digest)).length > 0);
}
