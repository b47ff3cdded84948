import { normaliseCountry, type Country } from '@liaison/contracts';
import type { Locale } from './locale.ts';

/** Dates, times and numbers as a reader of one language writes them. */
export interface Formats {
  /** `25 Nov 2026, 14:03:22 UTC`: a moment, with its time zone named. */
  readonly moment: (at: string | number) => string;
  /** `25 November 2026`. */
  readonly day: (at: string | number) => string;
  /** `12,345`. */
  readonly number: (value: number) => string;
  /** `3 hrs 12 mins`, the two largest units; `0 secs` for less than a second, and for what lies ahead. */
  readonly duration: (milliseconds: number) => string;
  /** Name of a country by its alpha-2 code, EL and UK included; the code where there is none. */
  readonly country: (code: string) => string;
  /** Name of a language by its tag. */
  readonly language: (tag: string) => string;
  /** `Belgium, France and Italy`. */
  readonly list: (items: readonly string[]) => string;
}

const units = [
  { unit: 'day', milliseconds: 86_400_000 },
  { unit: 'hour', milliseconds: 3_600_000 },
  { unit: 'minute', milliseconds: 60_000 },
  { unit: 'second', milliseconds: 1000 },
] as const;

/** British order of day and month for English: the reader is in Europe. */
const tags: Readonly<Record<Locale, string>> = { en: 'en-GB', fr: 'fr-FR' };

function formatDuration(tag: string, milliseconds: number): string {
  const largest = units.findIndex((unit) => milliseconds >= unit.milliseconds);
  const shown = largest === -1 ? units.slice(-1) : units.slice(largest, largest + 2);
  let rest = Math.max(0, milliseconds);
  return shown
    .map(({ unit, milliseconds: length }, index) => {
      const count = Math.floor(rest / length);
      rest -= count * length;
      if (index > 0 && count === 0) return '';
      return new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: 'short' }).format(count);
    })
    .filter((text) => text !== '')
    .join(' ');
}

/** French writes the first day of a month as an ordinal. */
function setFirst(locale: Locale, date: string): string {
  return locale === 'fr' ? date.replace(/^1 /, '1er ') : date;
}

/** A tag from outside may be none: it is shown as it is. */
function nameOf(names: Intl.DisplayNames, code: string): string {
  try {
    return names.of(code) ?? code;
  } catch {
    return code;
  }
}

function makeFormats(locale: Locale, timeZone: string): Formats {
  const tag = tags[locale];
  const moment = new Intl.DateTimeFormat(tag, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZone,
    timeZoneName: 'short',
  });
  const day = new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'long', year: 'numeric', timeZone });
  const number = new Intl.NumberFormat(tag);
  const countries = new Intl.DisplayNames([tag], { type: 'region', fallback: 'code' });
  const languages = new Intl.DisplayNames([tag], { type: 'language', fallback: 'code' });
  const list = new Intl.ListFormat(tag, { type: 'conjunction' });
  return {
    moment: (at) => setFirst(locale, moment.format(new Date(at))),
    day: (at) => setFirst(locale, day.format(new Date(at))),
    number: (value) => number.format(value),
    duration: (milliseconds) => formatDuration(tag, milliseconds),
    country: (code) =>
      /^[A-Z]{2}$/.test(code) ? (countries.of(normaliseCountry(code as Country)) ?? code) : code,
    language: (language) => nameOf(languages, language),
    list: (items) => list.format(items),
  };
}

// Making them costs milliseconds, and there are few: languages times the time zones of those who are served.
const made = new Map<string, Formats>();

/** @param timeZone IANA name; what the reader's clock on the wall shows. */
export function createFormats(locale: Locale, timeZone = 'UTC'): Formats {
  const key = `${locale} ${timeZone}`;
  const formats = made.get(key) ?? makeFormats(locale, timeZone);
  made.set(key, formats);
  return formats;
}
