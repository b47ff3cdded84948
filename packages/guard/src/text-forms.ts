import { asciiOf } from './digits.ts';
import { mayHoldEscapes, unescapeBytes } from './unescape.ts';

/** A text in the forms in which the rules read it. */
export interface TextForms {
  readonly raw: string;
  /** As it looks: compatibility characters folded (NFKC), invisible ones left out. */
  readonly seen: string;
  /** As it looks, in lower case, without white space. */
  readonly squeezed: string;
  /** As it looks, in lower case; then the same without its escapes, where it has any. */
  readonly lowered: readonly string[];
}

const invisible = /[\p{Default_Ignorable_Code_Point}]/gu;

function unescapedOf(lower: string): readonly string[] {
  if (!mayHoldEscapes(lower)) return [];
  const { bytes, stretches } = unescapeBytes(asciiOf(lower));
  return stretches.length === 0 ? [] : [Buffer.from(bytes).toString('latin1').toLowerCase()];
}

/** Makes the forms of a text. */
export function formsOf(raw: string): TextForms {
  const seen = raw.normalize('NFKC').replaceAll(invisible, '');
  // Browsers take an ideographic full stop for a dot (UTS 46, 2.3); readers take any slash for one.
  const lower = seen
    .toLowerCase()
    .replaceAll(/[\u3002\uFF61]/g, '.')
    .replaceAll(/[\u2044\u2215\u29F8]/g, '/');
  const lowered = [lower, ...unescapedOf(lower)];
  return { raw, seen, squeezed: lowered.map((form) => form.replaceAll(/\s/g, '')).join('\n'), lowered };
}
