import {
  audienceOf,
  limits,
  topicFrom,
  validateMessage,
  type DeliveryReceipt,
  type Feedback,
} from '@liaison/contracts';
import { chooseKeyFrom, type DirectoryIndex } from '@liaison/directory';
import type { IncomingRecord } from '@liaison/exchange';
import {
  compactKindOf,
  decryptParcel,
  digestOf,
  verifyMessage,
  type PrivateJwk,
  type SealCode,
} from '@liaison/seal';

/** What opening needs. */
export interface OpenDeps {
  readonly directory: DirectoryIndex;
  readonly nowMs: number;
  readonly privateKeys: (kid: string) => PrivateJwk | undefined;
}

/** One message of a feedback parcel, opened or refused. */
export type OpenedFeedback =
  | {
      readonly kind: 'feedback';
      readonly id: string;
      readonly digest: string;
      readonly jws: string;
      readonly feedback: Feedback;
    }
  | {
      readonly kind: 'refused';
      readonly id: string | null;
      readonly digest: string | null;
      readonly code: string;
    };

/** What a record of a participant turned out to be. */
export type Answer =
  | {
      readonly kind: 'receipt';
      readonly from: string;
      readonly receipt: DeliveryReceipt;
      readonly digest: string;
    }
  | {
      readonly kind: 'parcel';
      readonly from: string;
      readonly parcelId: string;
      readonly parcelDigest: string;
      readonly messages: readonly OpenedFeedback[];
    }
  | {
      readonly kind: 'unopened';
      readonly from: string;
      readonly parcelDigest: string;
      readonly code: SealCode;
    }
  | { readonly kind: 'refused'; readonly from: string; readonly code: string };

const receiptBytes = 64 * 1024;

/** The participant that writes to a topic; the exchange lets nobody else write there. */
export function participantOfTopic(topic: string, instance: string): string {
  return topic.slice(topicFrom(instance, '').length);
}

async function openReceipt(value: Uint8Array, from: string, deps: OpenDeps): Promise<Answer> {
  const { directory, nowMs } = deps;
  const verified = await verifyMessage(value, {
    typ: 'delivery-receipt+jws',
    maxBytes: receiptBytes,
    audience: audienceOf(directory.document.instance, directory.document.hub),
    chooseKey: chooseKeyFrom(directory, { rule: 'answer', nowMs }, from),
    clock: null,
  });
  if (!verified.ok) return { kind: 'refused', from, code: verified.fault.code };
  const receipt = validateMessage('delivery-receipt', verified.value.payload);
  if (!receipt.ok) return { kind: 'refused', from, code: 'schema-invalid' };
  return { kind: 'receipt', from, receipt: receipt.value, digest: verified.value.digest };
}

async function openFeedback(jws: string, from: string, deps: OpenDeps): Promise<OpenedFeedback> {
  const { directory, nowMs } = deps;
  const verified = await verifyMessage(jws, {
    typ: 'feedback+jws',
    maxBytes: limits.referralJwsBytes,
    audience: audienceOf(directory.document.instance, directory.document.hub),
    chooseKey: chooseKeyFrom(directory, { rule: 'answer', nowMs }, from),
    clock: null,
  });
  if (!verified.ok) return { kind: 'refused', id: null, digest: null, code: verified.fault.code };
  const { header, digest, payload } = verified.value;
  const feedback = validateMessage('feedback', payload);
  if (!feedback.ok) return { kind: 'refused', id: header.jti, digest, code: 'schema-invalid' };
  return { kind: 'feedback', id: header.jti, digest, jws, feedback: feedback.value };
}

async function openParcel(value: Uint8Array, from: string, deps: OpenDeps): Promise<Answer> {
  const { hub } = deps.directory.document;
  const parcelDigest = digestOf(value);
  const parcel = await decryptParcel(value, {
    privateKeys: deps.privateKeys,
    self: hub,
    from,
    maxBytes: limits.parcelBytes,
  });
  if (!parcel.ok) return { kind: 'unopened', from, parcelDigest, code: parcel.fault.code };
  const messages: OpenedFeedback[] = [];
  for (const jws of parcel.value.messages) messages.push(await openFeedback(jws, from, deps));
  return { kind: 'parcel', from, parcelId: parcel.value.parcelId, parcelDigest, messages };
}

/** Opens a record from a participant's topic: three parts are a delivery receipt, everything else is a parcel or nothing. */
export async function openAnswer(record: IncomingRecord, instance: string, deps: OpenDeps): Promise<Answer> {
  const from = participantOfTopic(record.topic, instance);
  return compactKindOf(record.value) === 'jws'
    ? openReceipt(record.value, from, deps)
    : openParcel(record.value, from, deps);
}
