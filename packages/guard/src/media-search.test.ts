import { describe, expect, it } from 'vitest';
import { bounds } from './bounds.ts';
import { createMediaSearch } from './media-search.ts';

const { searchWords, searchIdentifiers, searchBytes } = createMediaSearch();

const jpeg = Buffer.from('ffd8ffe000104a46494600010100000100010000ffdb0043', 'hex');

function whatIn(text: string): readonly string[] {
  return searchIdentifiers(text).findings.map(({ what }) => what);
}

describe('a search for media', () => {
  it.each([0, 1, 2, 3, 4, 5, 7, 11])('finds a file behind %i bytes of something else in base64', (length) => {
    const bytes = Buffer.concat([Buffer.alloc(length, 0x5a), jpeg]);
    expect(whatIn(bytes.toString('base64'))).toContain('JPEG in base64');
  });

  it.each(['', 'x', 'xy', 'xyz', 'See: '])('finds a file behind the words "%s"', (before) => {
    expect(whatIn(before + jpeg.toString('base64'))).toContain('JPEG in base64');
    expect(whatIn(before + jpeg.toString('hex'))).toContain('JPEG in hex');
  });

  it('says at which character the file begins', () => {
    const { findings } = searchIdentifiers(`user ${jpeg.toString('base64')}`);
    expect(findings).toContainEqual({ at: 5, what: 'JPEG in base64' });
  });

  it('finds a file whose encoding is interrupted by what is no digit of it', () => {
    const interrupted = jpeg.toString('base64').split('').join('\u200b.');
    expect(whatIn(interrupted)).toContain('JPEG in base64');
  });

  it('finds no file in the first bytes of one', () => {
    expect(whatIn(jpeg.subarray(0, 3).toString('base64'))).toEqual([]);
  });

  it('finds a file encoded twice, and not three times: two levels are what it searches', () => {
    const encode = (text: string): string => Buffer.from(text).toString('base64');
    const twice = encode(jpeg.toString('base64'));
    expect(whatIn(twice)).toContain('JPEG in base64, encoded twice');
    expect(whatIn(encode(twice))).toEqual([]);
  });

  it('finds a file in percent-encoded base64', () => {
    expect(whatIn(encodeURIComponent(jpeg.toString('base64')))).toContain('JPEG in base64, encoded twice');
  });

  it('searches less common alphabets in words only', () => {
    const binary = [...jpeg].map((byte) => byte.toString(2).padStart(8, '0')).join('');
    expect(searchWords(binary).findings).toContainEqual({ at: 0, what: 'JPEG in binary digits' });
    expect(whatIn(binary)).not.toContain('JPEG in binary digits');
  });

  it('says so where more text stands inside encodings than it searches', () => {
    const text = Buffer.from('words '.repeat(bounds.innerUnits / 6 + 1)).toString('base64');
    expect(searchIdentifiers(text)).toMatchObject({ exhausted: true });
    expect(searchIdentifiers('words '.repeat(10_000))).toMatchObject({ exhausted: false });
  });

  it('stops when it has found enough', () => {
    const text = jpeg.subarray(0, 6).toString('base64').repeat(4000);
    expect(searchIdentifiers(text).findings.length).toBeLessThan(bounds.findings * 2);
  });

  it('finds files in bytes as they are', () => {
    expect(searchBytes(Buffer.concat([Buffer.from('xx'), jpeg]))).toEqual([{ at: 2, what: 'JPEG' }]);
  });
});
