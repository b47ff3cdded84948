import type { NextFunction, Request, Response } from 'express';
import { chooseLocale, localeCookie, locales, type Locale } from './locale.ts';

/**
 * Headers of a page: nothing from elsewhere, no inline script or style, forms only to ourselves. Comes before the routes of
 * pages; the API's answers keep the narrower policy of `createHttpApp`.
 */
export function setPageHeaders(_req: Request, res: Response, next: NextFunction): void {
  res.set({
    'Content-Security-Policy':
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
      "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    Vary: 'Accept-Language, Cookie',
  });
  next();
}

/** The language that a page is to be in; a choice made in the address is kept in a cookie for the next ones. */
export function localeOf(req: Request, res: Response): Locale {
  const asked = req.query['lang'];
  const locale = chooseLocale({
    asked,
    cookie: req.headers.cookie,
    accepted: req.headers['accept-language'],
  });
  if (locales.some((known) => known === asked)) {
    res.cookie(localeCookie, locale, { httpOnly: true, sameSite: 'lax', path: '/', maxAge: 31_536_000_000 });
  }
  return locale;
}
