import fc from 'fast-check';
import { expect, test } from 'vitest';

import { parseInt8, parseTimestamptz } from './value-parsers.ts';

const outOfRange = expect.objectContaining({ code: 'value-out-of-range' }) as Error;

test('every safe integer keeps its value', () => {
  const safe = fc.bigInt({ min: BigInt(Number.MIN_SAFE_INTEGER), max: BigInt(Number.MAX_SAFE_INTEGER) });
  fc.assert(
    fc.property(safe, (value) => {
      expect(BigInt(parseInt8(value.toString()))).toBe(value);
    }),
  );
});

test('no other integer becomes a number', () => {
  const beyond = fc.bigInt({ min: BigInt(Number.MAX_SAFE_INTEGER) + 1n, max: 2n ** 63n - 1n });
  fc.assert(
    fc.property(beyond, fc.boolean(), (value, isNegative) => {
      expect(() => parseInt8(`${isNegative ? '-' : ''}${value}`)).toThrow(outOfRange);
    }),
  );
});

test('every time keeps its milliseconds', () => {
  const times = fc.date({
    min: new Date('0001-01-01T00:00:00Z'),
    max: new Date('9999-12-31T23:59:59Z'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(times, (time) => {
      const text = time.toISOString();
      // PostgreSQL prints no trailing zeros of the fraction.
      const printed = text
        .replace('T', ' ')
        .replace('Z', '')
        .replace(/\.?0+$/u, (zeros, at: number) => (at > 18 ? '' : zeros));
      expect(parseTimestamptz(`${printed}+00`)).toBe(text);
    }),
  );
});

test.each([
  'infinity',
  '-infinity',
  '0044-03-15 12:00:00+00 BC',
  '10000-01-01 00:00:00+00',
  '2025-01-01 00:00:00+02',
])('a time that RFC 3339 in UTC cannot hold is refused: %s', (text) => {
  expect(() => parseTimestamptz(text)).toThrow(outOfRange);
});
