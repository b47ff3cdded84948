import { describeCode, type CodeGroup } from '../describe-code.ts';
import { createFormats, type Formats } from '../formats.ts';
import type { Locale } from '../locale.ts';
import { createWords, type Words } from '../words.ts';
import { sentences, type Sentence } from './sentences.ts';

/** What every sentence is made with. */
export interface ExplainContext {
  readonly formats: Formats;
  readonly say: Words<Sentence>;
  /** The word of a code as it stands within a sentence. */
  readonly name: (group: CodeGroup, code: string) => string;
  /** The words of several, parted by semicolons: they may hold commas. */
  readonly nameAll: (group: CodeGroup, codes: readonly string[]) => string;
  /** Joins parts that may hold commas. */
  readonly join: (parts: readonly string[]) => string;
}

/** Labels have a capital letter; no proper name stands at the beginning of those that sentences use. */
function decapitalise(label: string, locale: Locale): string {
  return label.slice(0, 1).toLocaleLowerCase(locale) + label.slice(1);
}

/** @param timeZone IANA name, of the times that the sentences name. */
export function createExplainContext(locale: Locale, timeZone: string): ExplainContext {
  const name = (group: CodeGroup, code: string): string =>
    decapitalise(describeCode(locale, group, code), locale);
  const join = (parts: readonly string[]): string => parts.join(locale === 'fr' ? '\u00a0; ' : '; ');
  return {
    formats: createFormats(locale, timeZone),
    say: createWords(sentences, locale),
    name,
    nameAll: (group, codes) => join(codes.map((code) => name(group, code))),
    join,
  };
}
