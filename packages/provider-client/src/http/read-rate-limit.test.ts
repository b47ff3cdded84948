import { expect, test } from 'vitest';
import { readRateLimit } from './read-rate-limit.ts';

test.each([
  ['"sender";r=0;t=34', 34_000],
  ['"sender";r=3;t=34', null],
  ['', null],
  [null, null],
  ['sender;r=0;t=34', null],
])('%j asks to wait for %j ms', (value, expected) => {
  expect(readRateLimit(value)).toBe(expected);
});
