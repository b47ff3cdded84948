import { describe, expect, test } from 'vitest';
import { spanPlaces } from './span-places.ts';

const dispatch = {
  referralId: '01939d3e-7b1c-7c3e-8f6a-5b2d9e4f1a70',
  dispatchId: '01939d3e-7c00-7d11-9a22-0c1d2e3f4a5b',
  parcelDigest: 'sha-256:47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU',
};

describe('the place of a span', () => {
  test("is in its referral's trace, whose id is the referral's", () => {
    for (const place of [
      spanPlaces.submitted(dispatch.referralId),
      spanPlaces.decided(dispatch.referralId),
      spanPlaces.dispatched(dispatch),
      spanPlaces.receipted(dispatch),
    ]) {
      expect(place.traceId).toBe('01939d3e7b1c7c3e8f6a5b2d9e4f1a70');
      expect(place.spanId).toMatch(/^[0-9a-f]{16}$/);
    }
  });

  test('is the same for whoever derives it: hub and contact point may run different versions', () => {
    expect(spanPlaces.dispatched(dispatch).spanId).toBe('74846c40e39c12f7');
    expect(spanPlaces.parcelSent(dispatch.parcelDigest)).toEqual({
      traceId: '5d879f2fc1d832974929c52ffbbfa5bc',
      spanId: 'f0cbe2c5c5d1d5dc',
    });
  });

  test('is another for every step, dispatch and parcel', () => {
    const other = { ...dispatch, dispatchId: dispatch.referralId };
    const again = { ...dispatch, parcelDigest: 'sha-256:other' };
    const ids = [
      spanPlaces.submitted(dispatch.referralId),
      spanPlaces.decided(dispatch.referralId),
      ...[dispatch, other, again].flatMap((one) => [
        spanPlaces.dispatched(one),
        spanPlaces.received(one),
        spanPlaces.receipted(one),
        spanPlaces.applied(one),
      ]),
    ].map(({ spanId }) => spanId);
    expect(new Set(ids).size).toBe(2 + 3 * 4);
  });
});
