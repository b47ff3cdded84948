import { createHash } from 'node:crypto';
import type { SpanPlace } from './tracing.ts';

function hashOf(...parts: readonly string[]): string {
  return createHash('sha256')
    .update(['liaison-span-v1', ...parts].join('\n'))
    .digest('hex');
}

function traceOfId(id: string): string {
  return id.replaceAll('-', '');
}

/** A dispatch as it travelled in one parcel: what is packed again has another place. */
export interface TravellingDispatch {
  readonly referralId: string;
  readonly dispatchId: string;
  /** Of the parcel that it travelled in, `sha-256:…`. */
  readonly parcelDigest: string;
}

function inReferral(step: string, { referralId, dispatchId, parcelDigest }: TravellingDispatch): SpanPlace {
  return {
    traceId: traceOfId(referralId),
    spanId: hashOf(step, dispatchId, parcelDigest).slice(0, 16),
  };
}

function inParcel(step: string, parcelDigest: string): SpanPlace {
  return {
    traceId: hashOf('parcel', parcelDigest).slice(0, 32),
    spanId: hashOf(step, parcelDigest).slice(0, 16),
  };
}

/**
 * Places of spans, derived from ids that every party has verified anyway.
 *
 * A referral waits in a database, and travels between organisations that do not trust each other's headers, before its
 * next step: its trace would have to be stored with it and believed on the way. Derived, it needs neither. The trace of
 * a referral is its id (a UUIDv7 has the 128 bits that a trace id has, the last 56 of them random, as W3C Trace Context
 * Level 2 asks for sampling); a span's id is a hash of its step and of what the step was about, so that whoever does the
 * next step knows its parent. The hub's spans and those of an authority meet in whatever tool gets both, and an authority
 * that exports nothing leaves a gap and breaks nothing. A record has a trace of its own, by the digest of its bytes, with
 * links to the dispatches in it. Whoever knows the ids can compute the places: they are no secret, and prove nothing.
 *
 * A step that is done again after a crash shows again, under the same id.
 */
export const spanPlaces = {
  /** A request that is no referral's root: refused, repeated, or a batch. */
  request: (requestId: string): SpanPlace => ({
    traceId: traceOfId(requestId),
    spanId: hashOf('request', requestId).slice(0, 16),
  }),
  /** The root of a referral's trace. */
  submitted: (referralId: string): SpanPlace => ({
    traceId: traceOfId(referralId),
    spanId: hashOf('submitted', referralId).slice(0, 16),
  }),
  decided: (referralId: string): SpanPlace => ({
    traceId: traceOfId(referralId),
    spanId: hashOf('decided', referralId).slice(0, 16),
  }),
  dispatched: (dispatch: TravellingDispatch): SpanPlace => inReferral('dispatched', dispatch),
  received: (dispatch: TravellingDispatch): SpanPlace => inReferral('received', dispatch),
  receipted: (dispatch: TravellingDispatch): SpanPlace => inReferral('receipted', dispatch),
  applied: (dispatch: TravellingDispatch): SpanPlace => inReferral('applied', dispatch),
  parcelSent: (parcelDigest: string): SpanPlace => inParcel('sent', parcelDigest),
  parcelReceived: (parcelDigest: string): SpanPlace => inParcel('received', parcelDigest),
  parcelReceipted: (parcelDigest: string): SpanPlace => inParcel('receipted', parcelDigest),
  parcelApplied: (parcelDigest: string): SpanPlace => inParcel('applied', parcelDigest),
} as const;
