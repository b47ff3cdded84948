import { expect, test } from 'vitest';
import { brokerKinds, commonKinds, points, type Fault } from './fault.ts';
import { makeSchedule } from './make-schedule.ts';

const kinds = [...commonKinds, ...brokerKinds];

function take(seed: number, count: number): Fault[] {
  const schedule = makeSchedule(seed, kinds);
  return Array.from({ length: count }, () => schedule.next().value);
}

test('the same seed gives the same faults, another seed others', () => {
  expect(take(7, 200)).toEqual(take(7, 200));
  expect(take(7, 200)).not.toEqual(take(8, 200));
});

test('every kind comes once before any comes again', () => {
  const once = take(3, kinds.length).map(({ kind }) => kind);
  expect(once.toSorted()).toEqual(kinds.toSorted());
});

test('a process is killed at every point in turn', () => {
  const faults = take(5, kinds.length * Object.keys(points).length);
  const reached = faults.flatMap((fault) => (fault.kind === 'kill-at-point' ? [fault.point] : []));
  expect(reached.toSorted()).toEqual(Object.keys(points).toSorted());
});
