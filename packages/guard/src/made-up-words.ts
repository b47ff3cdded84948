import type { TextForms } from './text-forms.ts';

/** Thresholds, found with running text in all official languages of the Union and with random bytes. */
const thresholds = {
  /** So many words of so few: each of them is a digit. */
  words: 40,
  differentWords: 16,
  /** How many different words stand behind each, on average. */
  followers: 1.5,
  /** Words in a row that have the same length, and how many where half of them mix letters and digits. */
  equalWords: 12,
  equalMixedWords: 8,
  equalLength: 4,
  /** Different words with a capital inside: names of services have one. */
  innerCapitals: 16,
  /** No word of a script that has spaces is longer; Latin compounds are judged elsewhere. */
  longestWord: 64,
  /** Pairs of letters looked at together, and those of two consonants among them. */
  pairs: 56,
  consonantPairs: 31,
  /** Letters that are not ASCII in a Latin text, and their share. */
  farLetters: 24,
  farShare: 0.6,
  /** Signs that are no punctuation. */
  signs: 24,
  /** Full-width letters: Japanese writes abbreviations in them. */
  fullWidth: 32,
} as const;

const word = /[\p{L}\p{N}\p{M}]+/gu;
const longWord = new RegExp(
  `[\\p{Script=Cyrillic}\\p{Script=Greek}\\p{Script=Hebrew}\\p{Script=Arabic}\\p{Script=Armenian}\\p{Script=Georgian}\\p{M}]{${thresholds.longestWord}}`,
  'u',
);
const vowel = /[aeiouyæœøıəɛɔаеёиоуыэюяіїєөүұәαεηιουω]/u;
/** `prst`, `смрт`: the middle of a syllable between two consonants. */
const syllabic = /(?<=[bcdfghjkmnpstvzбвгджзкмнпстфхцчш])[rр](?=[bcdfghjklmnpstvzбвгджзклмнпстфхцчш])/gu;
const alphabetic = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]/u;
/** `A1024`, `CT 1987`: numbers of cases, of which there are lists. */
const numbering = /^(?:(?:\p{Lu}{1,3}|\p{Ll}{1,3})?\d+|\d+\p{L})$/u;
const mixedCase = /\p{Ll}.*\p{Lu}|\p{Lu}{2}.*\p{Ll}/u;
const innerCapital = /\p{Ll}\p{Lu}/u;
const isMixed = (text: string): boolean => (/\d/.test(text) && !numbering.test(text)) || mixedCase.test(text);

function holdsEqualWords(words: readonly string[]): boolean {
  let length = 0;
  let inRow = 0;
  let mixed = 0;
  let letters = 0;
  for (const text of words) {
    if (text.length !== length) [length, inRow, mixed, letters] = [text.length, 0, 0, 0];
    if (length < thresholds.equalLength) continue;
    inRow += 1;
    if (isMixed(text)) mixed += 1;
    letters = /\d/.test(text) ? 0 : letters + 1;
    if (letters >= thresholds.equalWords) return true;
    if (inRow >= thresholds.equalMixedWords && mixed * 2 >= inRow) return true;
  }
  return false;
}

/** Random letters stand consonant beside consonant more often than in any language that has vowels. */
function holdsConsonants(words: readonly string[]): boolean {
  const pairs: boolean[] = [];
  let consonants = 0;
  for (const text of words) {
    // Abbreviations have no vowels, and are short.
    if (text.length < 4) continue;
    const letters = Array.from(
      text.normalize('NFD').toLowerCase().replaceAll(/\p{M}/gu, '').replaceAll(syllabic, 'ъ'),
    );
    for (let index = 1; index < letters.length; index += 1) {
      const [before = '', here = ''] = [letters[index - 1], letters[index]];
      if (!alphabetic.test(before) || !alphabetic.test(here)) continue;
      const isPair = !vowel.test(before) && !vowel.test(here);
      pairs.push(isPair);
      if (isPair) consonants += 1;
      if (pairs[pairs.length - 1 - thresholds.pairs] === true) consonants -= 1;
      if (consonants >= thresholds.consonantPairs) return true;
    }
  }
  return false;
}

function countOf(text: string, form: RegExp): number {
  return text.match(form)?.length ?? 0;
}

function holdsFarLetters(text: string): boolean {
  const far = countOf(text, /(?=\p{Script=Latin})[^A-Za-z]/gu);
  return far >= thresholds.farLetters && far > thresholds.farShare * countOf(text, /\p{Script=Latin}/gu);
}

/**
 * A sentence said again has few words as well, but they follow each other in one way: a form filled in twice, or a reply
 * that quotes. Words that stand for digits follow each other in any way.
 */
function holdsFewWords(words: readonly string[]): boolean {
  if (words.length < thresholds.words) return false;
  const lower = words.map((text) => text.toLowerCase());
  const different = new Set(lower).size;
  if (different > thresholds.differentWords) return false;
  const followers = new Set(lower.map((text, index) => `${lower[index - 1] ?? ''} ${text}`)).size;
  return followers > thresholds.followers * different;
}

/**
 * Finds bytes written with words or letters: a list of sixteen words, made-up words of one length, sixteen letters of any
 * alphabet, letters with marks in place of bytes (yEnc), signs of games.
 */
export function findMadeUpWords({ raw, seen }: TextForms): string | null {
  const words = seen.match(word) ?? [];
  if (holdsFewWords(words)) return 'says everything in a few words';
  if (/(?<![\p{L}\p{N}])begin [0-7]{3} \S|=ybegin /u.test(seen)) return 'begins like uuencode';
  if (holdsEqualWords(words) || holdsEqualWords(seen.split(/\s+/))) return 'holds words of one length';
  if (new Set(words.filter((text) => innerCapital.test(text))).size >= thresholds.innerCapitals)
    return 'holds capitals inside words';
  if (longWord.test(seen)) return 'holds a word that is too long';
  if (holdsConsonants(words)) return 'holds letters that are no words';
  if (!/[^ -~]/.test(raw)) return null;
  if (holdsFarLetters(seen)) return 'holds hardly any plain letters';
  if (countOf(raw, /(?!\p{Extended_Pictographic})(?![ -~])[\p{So}\p{Sm}]/gu) > thresholds.signs)
    return 'holds too many signs';
  return countOf(raw, /[\uFF21-\uFF3A\uFF41-\uFF5A]/g) > thresholds.fullWidth
    ? 'holds too many wide letters'
    : null;
}
