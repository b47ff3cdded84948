import { asciiOf } from './digits.ts';
import { unescapeBytes } from './unescape.ts';

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

/** Makes the forms of a text. */
export function formsOf(raw: string): TextForms {
  const seen = raw.normalize('NFKC').replaceAll(invisible, '');
  const lower = seen.toLowerCase();
  const { bytes, stretches } = unescapeBytes(asciiOf(lower));
  const lowered =
    stretches.length === 0 ? [lower] : [lower, Buffer.from(bytes).toString('latin1').toLowerCase()];
  return { raw, seen, squeezed: lowered.map((form) => form.replaceAll(/\s/g, '')).join('\n'), lowered };
}
