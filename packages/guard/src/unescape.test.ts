import { describe, expect, it } from 'vitest';
import { asciiOf } from './digits.ts';
import { unescapeBytes } from './unescape.ts';

function read(text: string): string {
  return Buffer.from(unescapeBytes(asciiOf(text)).bytes).toString('latin1');
}

describe('unescapeBytes', () => {
  it.each([
    ['%41%62', 'Ab'],
    ['=41=62', 'Ab'],
    ['\\x41\\x62', 'Ab'],
    ['\\u0041\\u0062', 'Ab'],
    ['\\u{41}\\u{0062}', 'Ab'],
    ['U+0041 U+0062', 'Ab'],
    ['\\101\\142', 'Ab'],
    ['&#65;&#098;', 'Ab'],
    ['&#x41;&#x0062;', 'Ab'],
    ['0x41, 0x62', 'Ab'],
    ['\\r\\n\\t', '\r\n\t'],
    ['%89PNG%0d%0a', '\u0089PNG\r\n'],
  ])('reads %s', (escaped, plain) => {
    expect(read(escaped)).toBe(plain);
  });

  it.each(['100 %', '%zz', '\\', '&#;', '&amp;', '\\u20AC', 'U+20AC', '0x', 'a = b', '%4'])(
    'leaves %s as it is',
    (text) => {
      expect(read(text)).toBe(text);
      expect(unescapeBytes(asciiOf(text)).stretches).toEqual([]);
    },
  );

  it('leaves out what separates two escapes, and nothing else', () => {
    expect(read('%41, %42, and %43')).toBe('AB, and C');
  });

  it('knows where each byte stood', () => {
    expect([...unescapeBytes(asciiOf('x%41y')).positions]).toEqual([0, 1, 4]);
  });
});
