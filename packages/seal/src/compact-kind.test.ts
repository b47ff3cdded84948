import { expect, test } from 'vitest';
import { compactKindOf } from './compact-kind.ts';

test.each([
  ['a.b.c', 'jws'],
  ['a.b.c.d.e', 'jwe'],
  ['a..b.c.d', 'jwe'],
  ['..', 'jws'],
  ['a.b', 'neither'],
  ['a.b.c.d', 'neither'],
  ['a.b.c.d.e.f', 'neither'],
  ['', 'neither'],
])('%s is %s', (text, kind) => {
  expect(compactKindOf(Buffer.from(text))).toBe(kind);
});
