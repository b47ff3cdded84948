import fc from 'fast-check';
import { expect, test } from 'vitest';

import { splitIntoCalls } from './split-into-calls.ts';

const mebibyte = 1024 * 1024;
const recordOf = (bytes: number) => ({ key: '', value: new Uint8Array(bytes), headers: {} });

test('calls hold all records in order, none is empty or beyond the limits', () => {
  const large = recordOf(mebibyte);
  const small = recordOf(1);
  fc.assert(
    fc.property(fc.array(fc.constantFrom(large, small), { maxLength: 1_500, size: 'max' }), (records) => {
      const calls = splitIntoCalls(records);
      expect(calls.flat()).toEqual(records);
      for (const call of calls) {
        const bytes = call.reduce((sum, { value }) => sum + value.length, 0);
        expect(call.length).toBeGreaterThan(0);
        expect(call.length).toBeLessThanOrEqual(500);
        expect(bytes).toBeLessThanOrEqual(8 * mebibyte);
      }
    }),
    { numRuns: 20 },
  );
});

test('a record beyond the limit goes alone, for the exchange to refuse', () => {
  const [small, large] = [recordOf(1), recordOf(9 * mebibyte)];
  expect(splitIntoCalls([small, large, small]).map((call) => call.length)).toEqual([1, 1, 1]);
});
