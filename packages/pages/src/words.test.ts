import { describe, expect, it } from 'vitest';
import { createWords, setSpaces, wordOfCode } from './words.ts';

const catalogue = {
  en: { found: '{count} found in {place}', odd: 'Odd: {toString}' },
  fr: { found: '{count} trouvés : « {place} » !', odd: 'Bizarre : {toString}' },
} as const;

describe('words', () => {
  it('fill in the values, in the language asked for', () => {
    expect(createWords(catalogue, 'en')('found', { count: 0, place: 'Malta' })).toBe('0 found in Malta');
  });

  it('leave a place open that got no value, so that a test sees it', () => {
    expect(createWords(catalogue, 'en')('found', { count: 1 })).toBe('1 found in {place}');
    expect(createWords(catalogue, 'en')('odd')).toBe('Odd: {toString}');
  });

  it('take a value as it is, whatever it looks like', () => {
    expect(createWords(catalogue, 'en')('found', { count: 1, place: '{count} $& $1' })).toBe(
      '1 found in {count} $& $1',
    );
  });

  it('never part French punctuation from its word', () => {
    expect(createWords(catalogue, 'fr')('found', { count: 2, place: 'Malte' })).toBe(
      '2 trouvés\u00a0: «\u00a0Malte\u00a0»\u00a0!',
    );
    expect(setSpaces('en', 'so : what ?')).toBe('so : what ?');
  });
});

describe('the word of a code from outside', () => {
  it.each(['unknown', 'toString', '__proto__'])('%s, which has none, is the code', (code) => {
    expect(wordOfCode({ known: 'Known' }, code)).toBe(code);
  });

  it('is found where there is one', () => {
    expect(wordOfCode({ known: 'Known' }, 'known')).toBe('Known');
  });
});
