import fc from 'fast-check';
import { expect, test } from 'vitest';
import { locatePointer, positionAt } from './locate-pointer.ts';

const text = `{
  "a": { "b": [1, "two, }", { "c/d": null }] },
  "a~b": "é",
  "last": true
}`;

test.each([
  ['', { line: 1, column: 1 }],
  ['/a', { line: 2, column: 3 }],
  ['/a/b/1', { line: 2, column: 19 }],
  ['/a/b/2/c~1d', { line: 2, column: 31 }],
  ['/a~0b', { line: 3, column: 3 }],
  ['/last', { line: 4, column: 3 }],
])('"%s" is found', (pointer, position) => {
  expect(positionAt(text, locatePointer(text, pointer))).toEqual(position);
});

test('what is missing is shown at the nearest place that is there', () => {
  expect(positionAt(text, locatePointer(text, '/a/b/2/none'))).toEqual({ line: 2, column: 29 });
  expect(positionAt(text, locatePointer(text, '/last/deeper'))).toEqual({ line: 4, column: 3 });
  expect(locatePointer(text, '/none')).toBe(0);
});

test('of two members with one name it is the one that counts', () => {
  expect(locatePointer('{"a":1,"a":2}', '/a')).toBe(7);
});

test('in whatever JSON, a member is found where its value stands', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(4), (given, indent) => {
      const value = JSON.parse(JSON.stringify(given)) as Record<string, unknown>;
      const written = JSON.stringify(value, null, indent);
      for (const [name, member] of Object.entries(value)) {
        const pointer = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
        const from = written.slice(locatePointer(written, pointer));
        const inner = JSON.stringify({ [name]: member }, null, indent)
          .slice(1, -1)
          .trim();
        expect(from.startsWith(inner)).toBe(true);
      }
    }),
    { numRuns: 60 },
  );
});
