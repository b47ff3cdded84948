import type { DeliveryReceipt, RefusalCode } from '@liaison/contracts';
import type { SecurityEvent } from '../store/security-events.ts';
import type { OpenedDispatch, OpenedMessage, OpenedParcel } from './open-parcel.ts';

type Entry = DeliveryReceipt['entries'][number];

/** What becomes of a parcel that is new: what is stored, what is answered, what is worth an alarm. */
export interface JudgedParcel {
  readonly receipt: Omit<DeliveryReceipt, 'schemaVersion' | 'receivedAt'>;
  readonly stored: readonly OpenedDispatch[];
  readonly security: readonly SecurityEvent[];
}

interface JudgedMessage {
  readonly entries: readonly Entry[];
  readonly stored: readonly OpenedDispatch[];
  readonly security: readonly SecurityEvent[];
}

function refuse(message: { id: string | null; digest: string | null }, code: RefusalCode): JudgedMessage {
  const { id, digest } = message;
  const entries: Entry[] = id === null ? [] : [{ dispatchId: id, digest, outcome: 'refused', code }];
  return { entries, stored: [], security: [{ code, subjectId: id }] };
}

function judgeMessage(message: OpenedMessage, known: Map<string, string>): JudgedMessage {
  if (message.kind === 'refused') return refuse(message, message.code);
  const { id, digest } = message;
  const before = known.get(id);
  if (before !== undefined && before !== digest) return refuse(message, 'id-reused');
  known.set(id, digest);
  const entry: Entry = { dispatchId: id, digest, outcome: 'accepted', code: null };
  return { entries: [entry], stored: before === undefined ? [message] : [], security: [] };
}

/**
 * Judges a parcel: each message is stored once; the same id with another payload is a security event, not a duplicate.
 * @param known digests of dispatches by id, stored before or in this batch; what is stored now is added.
 */
export function judgeParcel(parcel: OpenedParcel, known: Map<string, string>): JudgedParcel {
  if (parcel.kind === 'unopened') {
    const { digest, code } = parcel;
    return {
      receipt: { parcelId: null, parcelDigest: digest, outcome: 'refused', code, entries: [] },
      stored: [],
      security: [{ code, subjectId: digest }],
    };
  }
  const messages = parcel.messages.map((message) => judgeMessage(message, known));
  return {
    receipt: {
      parcelId: parcel.parcelId,
      parcelDigest: parcel.digest,
      outcome: 'opened',
      code: null,
      entries: messages.flatMap(({ entries }) => entries),
    },
    stored: messages.flatMap(({ stored }) => stored),
    security: messages.flatMap(({ security }) => security),
  };
}
