import { expect, test } from 'vitest';
import { findRoundSize } from './round-size.ts';

const oneState = Array.from({ length: 1000 }, () => 'cp-de');
const eachInTurn = Array.from({ length: 1000 }, (_one, index) => `cp-${index % 10}`);

test('where all go to one state, parcels hold as many as are taken together', () => {
  expect(findRoundSize(oneState, 1)).toBe(1);
  expect(findRoundSize(oneState, 7)).toBe(7);
});

test('where they go to ten states in turn, ten together make parcels of 20 / 11', () => {
  expect(findRoundSize(eachInTurn, 20 / 11)).toBe(10);
});

test('the nearest size is taken', () => {
  expect(findRoundSize(oneState, 6.6)).toBe(7);
  expect(findRoundSize(oneState, 6.4)).toBe(6);
});
