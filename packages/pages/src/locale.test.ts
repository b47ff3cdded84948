import { describe, expect, it } from 'vitest';
import { chooseLocale } from './locale.ts';

const none = { asked: undefined, cookie: undefined, accepted: undefined };

describe('the language of a page', () => {
  it('is what the address asks for, before everything else', () => {
    expect(chooseLocale({ asked: 'fr', cookie: 'liaison-language=en', accepted: 'en' })).toBe('fr');
  });

  it('is an earlier choice where the address asks for none', () => {
    expect(chooseLocale({ ...none, cookie: 'a=b; liaison-language=fr', accepted: 'en' })).toBe('fr');
  });

  it.each([
    ['fr-BE,fr;q=0.9,en;q=0.8', 'fr'],
    ['en;q=0.5, fr;q=0.9', 'fr'],
    ['de-DE, nl;q=0.9, fr;q=0.1, en;q=0.05', 'fr'],
    ['fr;q=0, en', 'en'],
    ['FR', 'fr'],
    ['*', 'en'],
    ['', 'en'],
    [';;q=,,q=x', 'en'],
  ])('is the first of the browser’s that the pages speak: %j gives %s', (accepted, locale) => {
    expect(chooseLocale({ ...none, accepted })).toBe(locale);
  });

  it('is English where nobody says anything', () => {
    expect(chooseLocale(none)).toBe('en');
  });

  it.each([['de'], [['fr']], [{ fr: 'fr' }], ['__proto__'], ['FR']])(
    'is not taken from %j in the address',
    (asked) => {
      expect(chooseLocale({ asked, cookie: 'liaison-language=xx', accepted: 'en' })).toBe('en');
    },
  );
});
