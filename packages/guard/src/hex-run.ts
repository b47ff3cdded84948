import { leaveOutKnownForms } from './known-forms.ts';
import type { TextForms } from './text-forms.ts';

/** Thresholds: sixteen bytes are as much as an id has, and no number that people write is longer. */
const thresholds = {
  /** Hex digits in one piece. */
  digits: 32,
  /** Hex digits in groups, and the groups that no numbering has (a letter before a digit). */
  groupedDigits: 32,
  mixedGroups: 4,
  mixedShare: 0.12,
  /** Hex digits of all longer pieces together. */
  totalDigits: 64,
  longPiece: 16,
  /** Escapes of bytes. */
  escapes: 8,
  /** Numbers below 256 in a row, with the same separator. */
  numbers: 24,
  /** Digits of two. */
  bits: 64,
} as const;

const escapes =
  /%[0-9a-f]{2}|\\x[0-9a-f]{2}|\\?u\+?00[0-9a-f]{2}|\\u\{[0-9a-f]{1,4}\}|0x[0-9a-f]{1,2}(?![0-9a-f])|&#x?[0-9a-f]{1,4};|=[0-9a-f]{2}|\\[0-3][0-7]{2}/gi;
const pieces = /(?<![\p{L}\p{N}])[0-9a-f]{16,}(?![\p{L}\p{N}])/giu;
const onePiece = new RegExp(`[0-9a-f]{${thresholds.digits},}`, 'i');
const groups = /(?<![\p{L}\p{N}])[0-9a-f]{1,8}(?:[\s.,:;|/_-]{1,3}[0-9a-f]{1,8}(?![\p{L}\p{N}])){7,}/giu;
const numberRow = new RegExp(
  `(?<!\\d)\\d{1,3}(?:([\\s,;:|/]{1,3})\\d{1,3}(?!\\d))(?:\\1\\d{1,3}(?!\\d)){${thresholds.numbers - 2},}`,
);
const bits = new RegExp(`(?:[01][\\s,.:;|-]{0,2}){${thresholds.bits},}`);

function isHexGroups(row: string): boolean {
  const parts = row.match(/[0-9a-f]+/gi) ?? [];
  const digits = parts.reduce((sum, part) => sum + part.length, 0);
  if (digits < thresholds.groupedDigits) return false;
  const mixed = parts.filter((part) => /[a-f]\d/i.test(part)).length;
  return mixed >= thresholds.mixedGroups && mixed >= thresholds.mixedShare * parts.length;
}

/**
 * Finds bytes written as hex, as escapes, as numbers or as digits of two, in one piece or in groups. Numbers of cases and
 * telephones, dates, paragraphs (176a, 184b) and words of the letters a to f pass.
 */
export function findHexRun({ seen }: TextForms): string | null {
  const text = leaveOutKnownForms(seen);
  if (onePiece.test(text)) return 'holds a run of hex';
  const long = (text.match(pieces) ?? []).filter((piece) => /[a-f]/i.test(piece) && /\d/.test(piece));
  if (long.join('').length >= thresholds.totalDigits) return 'holds many pieces of hex';
  if ((text.match(groups) ?? []).some(isHexGroups)) return 'holds hex in groups';
  if ((text.match(escapes) ?? []).length >= thresholds.escapes) return 'holds escaped bytes';
  return numberRow.test(text) || bits.test(text) ? 'holds bytes as numbers' : null;
}
