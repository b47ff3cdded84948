import { leaveOutKnownForms } from './known-forms.ts';
import type { TextForms } from './text-forms.ts';

/**
 * Thresholds, found with running text in all official languages of the Union and with random bytes: in prose one pair of
 * letters in fifty changes kind inside a word, in base64 every second one does.
 */
const thresholds = {
  /** Shortest word that is judged alone. */
  wordLength: 24,
  /** Share of changes that makes such a word a run; half of it where the word has letters of one case only. */
  wordShare: 0.22,
  wordChanges: 6,
  /** Letters and digits judged together, words and spaces notwithstanding, and the changes that make them a run. */
  windowLength: 48,
  windowChanges: 14,
  windowDigitChanges: 10,
  /** No word of a living language is longer. */
  longestWord: 100,
  /** Words of one or two letters in a row. */
  shortWords: 24,
  /** Rare signs in sixty characters, and how many different ones. */
  signWindow: 60,
  signCount: 12,
  signKinds: 6,
} as const;

const word = /[A-Za-z0-9+/_-]+={0,2}/g;
/** Words of other letters stand between pieces as words of ASCII do. */
const wordOrFarLetters = /[A-Za-z0-9+/_-]+={0,2}|[^ -~\s]+/g;
/** `i12`, `p3`, `H264`, `CO2`: a letter or three and a number; `184b`: a paragraph of a law. */
const numbering = /^(?:[A-Za-z]{1,3}\d{1,4}|\d{1,4}[a-z])$/;
const rareSigns = /[#$%&*+<=>@[\\\]^`{|}~_!?"';]/;

const rareSignsAll = new RegExp(rareSigns.source, 'g');

type Kind = 'upper' | 'lower' | 'digit' | 'sign';

function kindOf(code: number): Kind {
  if (code >= 97 && code <= 122) return 'lower';
  if (code >= 65 && code <= 90) return 'upper';
  return code >= 48 && code <= 57 ? 'digit' : 'sign';
}

/** Where a word changes kind as words do not: between a letter and a digit, or between letters of two cases. */
type Change = 'none' | 'digit' | 'case';

function changeAt(text: string, index: number): Change {
  if (index === 0) return 'none';
  const before = kindOf(text.charCodeAt(index - 1));
  const here = kindOf(text.charCodeAt(index));
  if (before === 'sign' || here === 'sign' || before === here) return 'none';
  if (before === 'digit' || here === 'digit') return 'digit';
  if (before === 'lower') return 'case';
  // A capital before small letters begins a word, or a hump of one (WhatsApp).
  const isHump = index === 1 || kindOf(text.charCodeAt(index - 2)) !== 'upper';
  return isHump ? 'none' : 'case';
}

function isRun(text: string): boolean {
  if (text.length > thresholds.longestWord) return true;
  if (text.length < thresholds.wordLength) return false;
  let changes = 0;
  for (let index = 1; index < text.length; index += 1) if (changeAt(text, index) !== 'none') changes += 1;
  const hasOneCase = text === text.toLowerCase() || text === text.toUpperCase();
  const share = hasOneCase ? thresholds.wordShare / 2 : thresholds.wordShare;
  return changes >= Math.max(thresholds.wordChanges, share * text.length);
}

/** Judges stretches of letters and digits as if nothing stood between them: a run may be cut into words. */
function holdsScatteredRun(words: readonly string[]): boolean {
  const changes: Change[] = [];
  for (const text of words) {
    const isPlain = numbering.test(text) || text.charCodeAt(0) > 126;
    for (let index = 0; index < text.length; index += 1) {
      if (kindOf(text.charCodeAt(index)) === 'sign') continue;
      changes.push(isPlain ? 'none' : changeAt(text, index));
    }
  }
  let all = 0;
  let digits = 0;
  for (let index = 0; index < changes.length; index += 1) {
    const entering = changes[index];
    const leaving = changes[index - thresholds.windowLength] ?? 'none';
    if (entering !== 'none') all += 1;
    if (entering === 'digit') digits += 1;
    if (leaving !== 'none') all -= 1;
    if (leaving === 'digit') digits -= 1;
    if (all >= thresholds.windowChanges || digits >= thresholds.windowDigitChanges) return true;
  }
  return false;
}

/** Letters spaced one by one or two by two; words with other letters than ASCII, as Vietnamese has them, are words. */
function holdsSpacedLetters(text: string): boolean {
  let inRow = 0;
  let letters = 0;
  for (const [piece] of text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
    const isShort = /^[A-Za-z0-9]{1,2}$/.test(piece) && !(piece.length > 1 && numbering.test(piece));
    inRow = isShort ? inRow + 1 : 0;
    letters = isShort ? letters + (/[A-Za-z]/.test(piece) ? 1 : 0) : 0;
    if (inRow >= thresholds.shortWords && letters >= thresholds.shortWords / 2) return true;
  }
  return false;
}

/** Base85 and its kin: signs that prose hardly has, many of them and of many kinds. A row of one sign counts once. */
function holdsManySigns(text: string): boolean {
  if ((text.match(rareSignsAll)?.length ?? 0) < thresholds.signCount) return false;
  const characters = Array.from(text.replaceAll(/\s/g, ''));
  const signs = characters.map((character, index) =>
    rareSigns.test(character) && character !== characters[index - 1] ? character : null,
  );
  let count = 0;
  for (let end = 0; end < signs.length; end += 1) {
    if ((signs[end] ?? null) !== null) count += 1;
    if ((signs[end - thresholds.signWindow] ?? null) !== null) count -= 1;
    if (count < thresholds.signCount) continue;
    const window = signs.slice(Math.max(0, end - thresholds.signWindow + 1), end + 1);
    const kinds = new Set(window.filter((sign) => sign !== null));
    if (kinds.size >= thresholds.signKinds) return true;
  }
  return false;
}

/**
 * Finds what looks like binary data written as text: base64, base64url, base32, base58, base85, whole or cut into words.
 * Long compounds, references of files and cases, names in camel case and lists of numbers pass.
 */
export function findBase64Run({ seen }: TextForms): string | null {
  const text = leaveOutKnownForms(seen);
  const words = text.match(word) ?? [];
  if (words.some(isRun)) return 'holds a run like base64';
  if (holdsScatteredRun(text.match(wordOrFarLetters) ?? []))
    return 'holds a run like base64, cut into pieces';
  if (holdsSpacedLetters(text)) return 'holds letters spaced one by one';
  return holdsManySigns(text) ? 'holds a run like ASCII85' : null;
}
