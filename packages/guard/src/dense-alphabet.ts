import type { TextForms } from './text-forms.ts';

/** Scripts in which people write today. */
const livingScripts = [
  'Latin',
  'Greek',
  'Cyrillic',
  'Armenian',
  'Hebrew',
  'Arabic',
  'Syriac',
  'Thaana',
  'Devanagari',
  'Bengali',
  'Gurmukhi',
  'Gujarati',
  'Oriya',
  'Tamil',
  'Telugu',
  'Kannada',
  'Malayalam',
  'Sinhala',
  'Thai',
  'Lao',
  'Tibetan',
  'Myanmar',
  'Georgian',
  'Hangul',
  'Ethiopic',
  'Khmer',
  'Mongolian',
  'Hiragana',
  'Katakana',
  'Bopomofo',
  'Han',
  'Tifinagh',
  'Cherokee',
] as const;

/** Characters of other scripts, or signs that are an alphabet of 256: no word is written in them. */
const noWords = new RegExp(
  `(?:(?![${livingScripts.map((script) => `\\p{Script=${script}}`).join('')}\\p{Script=Common}\\p{Script=Inherited}])\\p{L}|[\\u2800-\\u28FF\\u2580-\\u259F\\u{1F000}-\\u{1F0FF}\\u{1D400}-\\u{1D7FF}]|(?=\\p{Script=Han})[\\u3400-\\u4DBF\\u{20000}-\\u{3FFFF}])`,
  'gu',
);

const scriptLetters = livingScripts.map((script) => new RegExp(`\\p{Script=${script}}`, 'gu'));

const mostNoWords = 8;
const mostScripts = 4;

/** Letters that look alike, exchanged inside a word: Latin beside Cyrillic or Greek. */
const mixedWord =
  /\p{Script=Latin}(?=[\p{Script=Cyrillic}\p{Script=Greek}])|[\p{Script=Cyrillic}\p{Script=Greek}](?=\p{Script=Latin})/gu;
const mostMixed = 4;

/** How many living scripts have at least two letters in the text. */
function countScripts(text: string): number {
  return scriptLetters.filter((letter) => (text.match(letter)?.length ?? 0) > 1).length;
}

/**
 * Finds text in an alphabet made for bytes: Braille patterns, blocks, ancient or rare characters, or letters of many
 * scripts mixed (base2048, base32768, base65536).
 */
export function findDenseAlphabet({ raw }: TextForms): string | null {
  if (!/[^ -\u024f]/.test(raw)) return null;
  if ((raw.match(noWords)?.length ?? 0) > mostNoWords) return 'is written in no living script';
  if ((raw.match(mixedWord)?.length ?? 0) > mostMixed) return 'mixes scripts inside words';
  return countScripts(raw) > mostScripts ? 'mixes scripts as no language does' : null;
}
