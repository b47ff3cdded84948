import { describe, expect, test } from 'vitest';
import { encodeByteaArray, isArrayOfBytes } from './bytea-array.ts';

describe('an array of bytes', () => {
  test.each([
    ['of buffers', [Buffer.from('a'), new Uint8Array(2)], true],
    ['with a null', [null, Buffer.from('a')], true],
    ['of nothing', [], false],
    ['of nulls alone, whose type nobody can tell', [null, null], false],
    ['of texts', ['a', 'b'], false],
    ['mixed', [Buffer.from('a'), 'b'], false],
    ['that is none', Buffer.from('a'), false],
  ])('%s', (_what, value, expected) => {
    expect(isArrayOfBytes(value)).toBe(expected);
  });

  test('has the form that PostgreSQL receives', () => {
    expect(encodeByteaArray([Buffer.from([0xff]), null]).toString('hex')).toBe(
      ['00000001', '00000001', '00000011', '00000002', '00000001', '00000001ff', 'ffffffff'].join(''),
    );
  });
});
