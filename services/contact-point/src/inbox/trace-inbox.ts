import type { IncomingRecord } from '@liaison/exchange';
import {
  spanPlaces,
  type Clock,
  type SpanPlace,
  type Tracing,
  type TravellingDispatch,
} from '@liaison/service';
import type { OpenedParcel } from './open-parcel.ts';

/** What telling of received records needs. */
export interface TraceDeps {
  readonly tracing: Tracing;
  readonly clock: Clock;
  /** Topic on which this participant writes to the hub. */
  readonly writeTopic: string;
}

/** A parcel, and the record that it came as. */
export interface ReceivedParcel {
  readonly parcel: OpenedParcel;
  readonly record: IncomingRecord;
}

/** The dispatches of a parcel that opened and held. */
function dispatchesOf(parcel: OpenedParcel): TravellingDispatch[] {
  if (parcel.kind === 'unopened') return [];
  return parcel.messages.flatMap((message) =>
    message.kind === 'dispatch'
      ? [
          {
            referralId: message.dispatch.referralId,
            dispatchId: message.id,
            parcelDigest: parcel.digest,
          },
        ]
      : [],
  );
}

/** What the headers name, where it is not what is known without them: a link, and nothing is believed of it. */
function linksOf({ headers }: IncomingRecord, known: SpanPlace, tracing: Tracing): SpanPlace[] {
  const named = tracing.readHeaders(headers);
  return named === null || named.spanId === known.spanId ? [] : [named];
}

/** Tells of parcels that were stored: the record, and each dispatch of it in its referral's trace. */
export function traceStored(received: readonly ReceivedParcel[], startMs: number, deps: TraceDeps): void {
  const { tracing, clock } = deps;
  if (!tracing.isOn) return;
  const endMs = clock.nowMs();
  for (const { parcel, record } of received) {
    const message = { kind: 'message', operation: 'process', topic: record.topic } as const;
    const dispatches = dispatchesOf(parcel);
    for (const dispatch of dispatches) {
      const { referralId, dispatchId } = dispatch;
      tracing.record({
        subject: { ...message, name: 'receive', messageId: dispatchId, referralId, count: null },
        place: spanPlaces.received(dispatch),
        parent: spanPlaces.dispatched(dispatch),
        links: [spanPlaces.parcelReceived(parcel.digest)],
        startMs,
        endMs,
        failure: null,
      });
    }
    const sentAt = spanPlaces.parcelSent(parcel.digest);
    tracing.record({
      subject: {
        ...message,
        name: 'process',
        messageId: parcel.digest,
        referralId: null,
        count: parcel.kind === 'unopened' ? null : parcel.messages.length,
      },
      place: spanPlaces.parcelReceived(parcel.digest),
      parent: sentAt,
      links: [...dispatches.map(spanPlaces.received), ...linksOf(record, sentAt, tracing)],
      startMs,
      endMs,
      failure: parcel.kind === 'unopened' ? parcel.code : null,
    });
  }
}

/** Tells of the receipts for parcels, which were sent. */
export function traceReceipted(received: readonly ReceivedParcel[], startMs: number, deps: TraceDeps): void {
  const { tracing, clock, writeTopic } = deps;
  if (!tracing.isOn) return;
  const endMs = clock.nowMs();
  for (const { parcel } of received) {
    const { digest } = parcel;
    const message = { kind: 'message', topic: writeTopic } as const;
    const dispatches = dispatchesOf(parcel);
    for (const dispatch of dispatches) {
      const { referralId, dispatchId } = dispatch;
      tracing.record({
        subject: {
          ...message,
          operation: 'create',
          name: 'receipt',
          messageId: dispatchId,
          referralId,
          count: null,
        },
        place: spanPlaces.receipted(dispatch),
        parent: spanPlaces.received(dispatch),
        links: [spanPlaces.parcelReceipted(digest)],
        startMs,
        endMs,
        failure: null,
      });
    }
    tracing.record({
      subject: {
        ...message,
        operation: 'send',
        name: 'send',
        messageId: digest,
        referralId: null,
        count: dispatches.length,
      },
      place: spanPlaces.parcelReceipted(digest),
      parent: spanPlaces.parcelReceived(digest),
      links: dispatches.map(spanPlaces.receipted),
      startMs,
      endMs,
      failure: null,
    });
  }
}
