/** Languages that the pages speak completely. */
export const locales = ['en', 'fr'] as const;

/** A language of the pages. */
export type Locale = (typeof locales)[number];

function isLocale(value: unknown): value is Locale {
  return locales.some((locale) => locale === value);
}

/** What a request says about its reader's language. */
export interface LocaleHints {
  /** The address's `lang` parameter: an explicit choice. */
  readonly asked: unknown;
  /** The `Cookie` header, in which an earlier choice is kept. */
  readonly cookie: string | undefined;
  /** The `Accept-Language` header. */
  readonly accepted: string | undefined;
}

/** Name of the cookie that keeps a reader's choice. It holds a language and nothing else. */
export const localeCookie = 'liaison-language';

function fromCookie(cookie: string | undefined): string | undefined {
  return cookie
    ?.split(';')
    .map((pair) => pair.trim().split('='))
    .find(([name]) => name === localeCookie)?.[1];
}

/** Languages of an `Accept-Language` header, most wanted first (RFC 9110, 12.5.4). */
function fromHeader(accepted: string | undefined): string[] {
  return (accepted ?? '')
    .split(',')
    .map((part) => {
      const [range = '', ...parameters] = part.trim().split(';');
      const weight = parameters.map((one) => /^\s*q=([\d.]+)\s*$/.exec(one)?.[1]).find(Boolean);
      return { language: range.toLowerCase().split('-')[0] ?? '', weight: Number(weight ?? 1) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((left, right) => right.weight - left.weight)
    .map(({ language }) => language);
}

/** The language of a page: what was asked for, else an earlier choice, else the browser's, else English. */
export function chooseLocale({ asked, cookie, accepted }: LocaleHints): Locale {
  return [asked, fromCookie(cookie), ...fromHeader(accepted)].find(isLocale) ?? 'en';
}
