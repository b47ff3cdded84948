import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findJsonFault } from './find-json-fault.ts';

test.each([
  ['{\n "a": x\n}', 8],
  ['{"a":1,}', 7],
  ['{"a" 1}', 5],
  ['[1 2]', 3],
  ['[1,]', 3],
  ['{"a":01}', 5],
  ['{"a":"\t"}', 5],
  ['{"a":1', 6],
  ['{"a":1]', 6],
  ['1 2', 2],
  ['', 0],
])('%j stops being JSON at %i', (text, offset) => {
  expect(findJsonFault(text)).toBe(offset);
});

test('in valid JSON nothing is found before its end', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), (text) => {
      expect(findJsonFault(text)).toBe(text.length);
    }),
    { numRuns: 80 },
  );
});
