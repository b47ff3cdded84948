import type { TextForms } from './text-forms.ts';

/** Characters that nobody sees: ignorable, formatting, private, unassigned, and the surrogates of no character. */
const unseen = /[\p{Default_Ignorable_Code_Point}\p{Co}\p{Cn}\p{Cs}\uFFF9-\uFFFC\u2028\u2029]/u;
const unseenAll = new RegExp(unseen.source, 'gu');

/** Letters of the scripts that need joiners, or marks of direction, to be spelt (Unicode, 23.2). */
const joiningScripts =
  '\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Mongolian}\\p{Script=Nko}\\p{Script=Devanagari}\\p{Script=Bengali}\\p{Script=Gurmukhi}\\p{Script=Gujarati}\\p{Script=Oriya}\\p{Script=Tamil}\\p{Script=Telugu}\\p{Script=Kannada}\\p{Script=Malayalam}\\p{Script=Sinhala}\\p{Script=Khmer}\\p{Script=Myanmar}';

/** What may stand unseen, each form only where writing needs it. */
const needed: readonly RegExp[] = [
  // Sequences of emoji: up to ten joined parts, with or without selector and skin tone; the flags of three countries.
  /\p{Extended_Pictographic}[\u{1F3FB}-\u{1F3FF}]?\uFE0F?(?:\u200D\p{Extended_Pictographic}[\u{1F3FB}-\u{1F3FF}]?\uFE0F?){1,9}/gu,
  /\u{1F3F4}\u{E0067}\u{E0062}(?:\u{E0065}\u{E006E}\u{E0067}|\u{E0073}\u{E0063}\u{E0074}|\u{E0077}\u{E006C}\u{E0073})\u{E007F}/gu,
  /[\p{Emoji}\p{Extended_Pictographic}][\uFE0E\uFE0F]/gu,
  // Zero-width non-joiner and joiner between letters of a script that has them.
  new RegExp(`(?<=[${joiningScripts}]\\p{M}{0,3})[\\u200C\\u200D](?=[${joiningScripts}])`, 'gu'),
  // One mark of direction at a time; only texts that run from right to left may have any.
  /(?<![\u200E\u200F\u061C])[\u200E\u200F\u061C](?![\u200E\u200F\u061C])/gu,
  // A variant of an ideograph, as Japanese names have it.
  /\p{Script=Han}[\u{E0100}-\u{E01EF}]/gu,
  // A soft hyphen inside a word, from text that was copied.
  /(?<=\p{L})\u00AD(?=\p{L})/gu,
];

/** No text needs more of them than this. */
const mostUnseen = 48;
const mostSelectors = 8;
const mostPictographs = 24;

const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;
const stackedMarks =
  /\p{M}{5}|[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{N}]\p{M}{3}|(?:\p{Script=Latin}\p{M}){12}/u;
/** Marks on plain letters that no letter of its own stands for; more than any spelling needs. */
const loneMarks = /[A-Za-z]\p{M}/gu;
const mostLoneMarks = 16;
/** Double spaces: one behind each sentence is a habit. */
const mostWideGaps = 16;
/** Spaces between two letters that are no plain space, and plain ones beside them. */
const mostBoundGaps = 24;
const mostThinGaps = 8;
const mixedWidths = /[A-Za-z](?=[\uFF21-\uFF3A\uFF41-\uFF5A])|[\uFF21-\uFF3A\uFF41-\uFF5A](?=[A-Za-z])/gu;
const mostMixedWidths = 4;
const oddSpaces = /[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]{4}/u;
const oddSpaceAll = /[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]/gu;

function countOf(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

function findUnseen(text: string): string | null {
  if (!unseen.test(text)) return null;
  if (countOf(text, unseenAll) > mostUnseen) return 'holds too many characters that nobody sees';
  if (countOf(text, /[\u{E0100}-\u{E01EF}\u00AD]/gu) > mostSelectors)
    return 'holds too many variants or soft hyphens';
  if (/[\u200E\u200F\u061C]/.test(text) && !rightToLeft.test(text))
    return 'holds marks of direction for nothing';
  const rest = needed.reduce((left, form) => left.replaceAll(form, ''), text);
  return unseen.test(rest) ? 'holds characters that nobody sees' : null;
}

/**
 * Finds characters that a reader cannot see, and uses of visible ones that no writing has: they carry bits, not words.
 * Joiners of the scripts that need them, emoji of ordinary length and flags pass.
 */
export function findHiddenText({ raw }: TextForms): string | null {
  if (countOf(raw, / {2,}/g) > mostWideGaps) return 'holds gaps that carry bits';
  if (!/[^ -~]/.test(raw)) return null;
  const hidden = findUnseen(raw);
  if (hidden !== null) return hidden;
  if (stackedMarks.test(raw.normalize('NFC'))) return 'stacks marks as no language does';
  const spaces = raw.match(oddSpaceAll) ?? [];
  if (oddSpaces.test(raw) || new Set(spaces).size > 3) return 'holds spaces that nobody can tell apart';
  if (countOf(raw.normalize('NFC'), loneMarks) > mostLoneMarks) return 'holds marks that carry bits';
  if (countOf(raw, mixedWidths) > mostMixedWidths) return 'mixes widths of letters';
  const bound = countOf(raw, /(?<=\p{L})\u00A0(?=\p{L})/gu);
  if (bound > mostBoundGaps && countOf(raw, /(?<=\p{L}) (?=\p{L})/gu) > mostBoundGaps)
    return 'holds gaps that carry bits';
  if (countOf(raw, /(?<=\p{L})[\u2000-\u200A\u202F\u205F](?=\p{L})/gu) > mostThinGaps)
    return 'holds gaps that carry bits';
  return countOf(raw, /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20E3/gu) > mostPictographs
    ? 'holds too many pictographs'
    : null;
}

/** Counts the characters of an identifier that nobody sees: a few belong to real names, many are a message. */
export function countHidden(text: string): number {
  return /[^ -~]/.test(text) ? countOf(text, unseenAll) : 0;
}
