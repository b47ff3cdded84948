import { describe, expect, it } from 'vitest';
import { createFormats } from './formats.ts';

const en = createFormats('en');
const fr = createFormats('fr');

/** Spaces of every width are one to a reader. */
function plain(text: string): string {
  return text.replaceAll(/\s/g, ' ');
}

describe('moments and days', () => {
  it('name their time zone', () => {
    expect(plain(en.moment('2026-11-25T14:03:22.000Z'))).toBe('25 Nov 2026, 14:03:22 UTC');
    expect(plain(fr.moment('2026-11-25T14:03:22.000Z'))).toBe('25 nov. 2026, 14:03:22 UTC');
  });

  it('are those of the reader’s clock on the wall', () => {
    const berlin = createFormats('en', 'Europe/Berlin');
    expect(plain(berlin.moment('2026-07-01T23:30:00Z'))).toBe('2 Jul 2026, 01:30:00 CEST');
    expect(berlin.day('2026-07-01T23:30:00Z')).toBe('2 July 2026');
  });

  it('keep the moment of a time that came with another offset', () => {
    expect(en.moment('2026-11-25T15:03:22+01:00')).toBe(en.moment('2026-11-25T14:03:22Z'));
  });

  it('begin a French month with its ordinal', () => {
    expect(fr.day('2026-11-01T12:00:00Z')).toBe('1er novembre 2026');
    expect(fr.day('2026-11-11T12:00:00Z')).toBe('11 novembre 2026');
  });
});

describe('durations', () => {
  it.each([
    [0, '0 secs', '0 s'],
    [-5000, '0 secs', '0 s'],
    [999, '0 secs', '0 s'],
    [61_000, '1 min 1 sec', '1 min 1 s'],
    [3_600_000, '1 hr', '1 h'],
    [11_520_000, '3 hrs 12 mins', '3 h 12 min'],
    [90_061_000, '1 day 1 hr', '1 j 1 h'],
  ])('of %d ms are told in their two largest units', (milliseconds, english, french) => {
    expect(plain(en.duration(milliseconds))).toBe(english);
    expect(plain(fr.duration(milliseconds))).toBe(french);
  });
});

describe('numbers, countries, languages and lists', () => {
  it('follow the language', () => {
    expect(en.number(12_345.5)).toBe('12,345.5');
    expect(plain(fr.number(12_345.5))).toBe('12 345,5');
    expect([en.country('DE'), fr.country('DE')]).toEqual(['Germany', 'Allemagne']);
    expect([en.language('nl'), fr.language('nl')]).toEqual(['Dutch', 'néerlandais']);
    expect(en.list(['a', 'b', 'c'])).toBe('a, b and c');
    expect(fr.list(['a', 'b', 'c'])).toBe('a, b et c');
  });

  it('know the aliases that Union practice uses', () => {
    expect([en.country('EL'), en.country('UK')]).toEqual(['Greece', 'United Kingdom']);
  });

  it.each(['', '1', '<b>', 'de-'])('show %j, which is no code, as it is', (code) => {
    expect([en.country(code), en.language(code)]).toEqual([code, code]);
  });
});
