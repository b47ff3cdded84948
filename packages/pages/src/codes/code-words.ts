import type { Locale } from '../locale.ts';

/** One text in every language. */
type Text = Readonly<Record<Locale, string>>;

/** Words of the codes of one group. */
export type CodeWords = Readonly<Record<string, Text>>;
