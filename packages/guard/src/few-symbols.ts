import { leaveOutKnownForms } from './known-forms.ts';
import type { TextForms } from './text-forms.ts';

const thresholds = {
  /** Characters looked at together, how few different ones, and how often they change. */
  window: 64,
  symbols: 4,
  changes: 16,
  /** Digits of a text that has little else, telephone numbers left out; and of one that has some words. */
  onlyDigits: 90,
  onlyShare: 0.85,
  manyDigits: 120,
  manyShare: 0.6,
} as const;

const telephone = /\+\d[\d ()/.-]{6,20}\d/g;
const mostTelephones = 8;
/** Pairs of hex digits with the same separator; with letters among them, or they are days and numbers. */
const pairs = /(?<![0-9a-z])(?:[0-9a-f]{2}([\s:,.-]{1,2}))(?:[0-9a-f]{2}\1){18,}[0-9a-f]{2}(?![0-9a-z])/i;

/** Two or four symbols, whatever they look like: bits, Morse, `oO`, `ACGT`. A row of one sign is a line. */
function holdsFewSymbols(text: string): boolean {
  const characters = Array.from(text.replaceAll(/\s/g, ''));
  const counts = new Map<string, number>();
  let changes = 0;
  for (let end = 0; end < characters.length; end += 1) {
    const here = characters[end] ?? '';
    counts.set(here, (counts.get(here) ?? 0) + 1);
    if (end > 0 && here !== characters[end - 1]) changes += 1;
    const start = end - thresholds.window;
    if (start >= 0) {
      const gone = characters[start] ?? '';
      const left = (counts.get(gone) ?? 0) - 1;
      if (left === 0) counts.delete(gone);
      else counts.set(gone, left);
      if (gone !== characters[start + 1]) changes -= 1;
    }
    const isFull = end + 1 >= thresholds.window;
    if (isFull && counts.size <= thresholds.symbols && changes >= thresholds.changes) return true;
  }
  return false;
}

function holdsMostlyDigits(text: string): boolean {
  let telephones = 0;
  const rest = text.replaceAll(telephone, (match) => {
    telephones += 1;
    return telephones > mostTelephones ? match : ' ';
  });
  const digits = rest.match(/\d/g)?.length ?? 0;
  if (digits < thresholds.onlyDigits) return false;
  const share = digits / (digits + (rest.match(/\p{L}/gu)?.length ?? 0));
  return share > thresholds.onlyShare || (digits >= thresholds.manyDigits && share > thresholds.manyShare);
}

/** Finds bytes written with few symbols: bits in any two signs, pairs of hex digits, rows of digits. */
export function findFewSymbols({ seen }: TextForms): string | null {
  const text = leaveOutKnownForms(seen);
  if (holdsFewSymbols(text)) return 'is written with a few signs';
  const pair = pairs.exec(text)?.[0];
  if (pair !== undefined && (pair.match(/[a-f]/gi)?.length ?? 0) > 1) return 'holds hex in pairs';
  return holdsMostlyDigits(text) ? 'holds hardly anything but digits' : null;
}
