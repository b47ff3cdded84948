import type { Dispatch, Referral } from '@liaison/contracts';
import { expect, test } from 'vitest';
import { acknowledgementDueMs, preservedUntil, userToldAt } from './clocks.ts';

const dayMs = 86_400_000;

function dispatchOf(acceptedAt: string): Dispatch {
  return { acceptedAt } as Dispatch;
}

function referralOf(changes: object): Referral {
  return { awareness: { manner: 'ownMotion', humanReview: 'none' }, ...changes } as Referral;
}

test('an urgent dispatch is acknowledged within 30 minutes, another within 72 hours', () => {
  const receivedAt = '2026-11-25T10:00:00.000Z';
  expect(acknowledgementDueMs({ urgent: true, receivedAt })).toBe(Date.parse('2026-11-25T10:30:00.000Z'));
  expect(acknowledgementDueMs({ urgent: false, receivedAt })).toBe(Date.parse('2026-11-28T10:00:00.000Z'));
});

test.each([
  ['2026-08-15T10:00:00.000Z', '2026-11-15T10:00:00.000Z'],
  ['2026-11-30T10:00:00.000Z', '2027-02-28T10:00:00.000Z'],
  ['2027-11-30T10:00:00.000Z', '2028-02-29T10:00:00.000Z'],
])('what was accepted on %s is told to the user on %s', (acceptedAt, at) => {
  const told = userToldAt(dispatchOf(acceptedAt), referralOf({}), Date.parse(acceptedAt));
  expect(told).toEqual({ at, nearness: 'far' });
});

test.each([
  [59, 'far'],
  [60, 'near'],
  [80, 'soon'],
  [93, 'passed'],
])('on day %d the telling of the user is %s', (day, nearness) => {
  const acceptedAt = '2026-08-15T10:00:00.000Z';
  const nowMs = Date.parse(acceptedAt) + day * dayMs;
  expect(userToldAt(dispatchOf(acceptedAt), referralOf({}), nowMs)?.nearness).toBe(nearness);
});

test('out of a detection order no date runs for the telling of the user', () => {
  const referral = referralOf({ awareness: { manner: 'detectionOrder', humanReview: 'none' } });
  expect(userToldAt(dispatchOf('2026-08-15T10:00:00.000Z'), referral, 0)).toBeNull();
});

test.each([
  [61, 'far'],
  [60, 'near'],
  [14, 'soon'],
  [0, 'passed'],
])('%d days before the evidence is no longer kept, its end is %s', (days, nearness) => {
  const end = '2027-02-01T00:00:00+01:00';
  const later = '2027-09-01T00:00:00+01:00';
  const referral = referralOf({ items: [{ preservedUntil: later }, { preservedUntil: end }, {}] });
  const nowMs = Date.parse(end) - days * dayMs;
  expect(preservedUntil(referral, nowMs)).toEqual({ at: end, nearness });
});
