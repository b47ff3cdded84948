import type { Locale } from './locale.ts';

/** The same words in every language: a word that one of them lacks is a fault of the types. */
export type Catalogue<Key extends string> = Readonly<Record<Locale, Readonly<Record<Key, string>>>>;

/** Values for the places that a text holds open. */
export type Values = Readonly<Record<string, string | number>>;

/** Gives the text of a key, with `{name}` replaced by the value of that name. */
export type Words<Key extends string> = (key: Key, values?: Values) => string;

/** French sets a space that does not break before its high punctuation and within its quotation marks. */
export function setSpaces(locale: Locale, text: string): string {
  if (locale !== 'fr') return text;
  return text.replaceAll(/ (?=[:;?!»])/g, '\u00a0').replaceAll('« ', '«\u00a0');
}

/** The words of one language. A value that a text asks for and does not get stays as `{name}`, so that a test sees it. */
export function createWords<Key extends string>(catalogue: Catalogue<Key>, locale: Locale): Words<Key> {
  const texts = catalogue[locale];
  return (key, values = {}) =>
    setSpaces(locale, texts[key]).replaceAll(/\{(\w+)\}/g, (place, name: string) =>
      Object.hasOwn(values, name) ? `${values[name]}` : place,
    );
}

/** The text of a code that came over the wire: one that this version does not know is shown as it is. */
export function wordOfCode(texts: Readonly<Record<string, string>>, code: string): string {
  return Object.hasOwn(texts, code) ? (texts[code] ?? code) : code;
}
