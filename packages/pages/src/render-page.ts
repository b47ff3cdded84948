import { renderToString } from 'preact-render-to-string';
import { html, type Markup } from './html.ts';
import { locales, type Locale } from './locale.ts';
import { createWords } from './words.ts';

/** A link of a page's head. */
export interface PageLink {
  readonly href: string;
  readonly text: string;
  readonly current: boolean;
}

/** A whole page. */
export interface Page {
  readonly locale: Locale;
  /** Where the assets of `addPageAssets` and the pages lie: '' or `/cp-be`. */
  readonly basePath: string;
  /** The page's own address with its parameters, so that the other language shows the same. */
  readonly address: string;
  /** Name of what the page belongs to: "Liaison audit", or the authority's name. */
  readonly place: string;
  readonly title: string;
  readonly links: readonly PageLink[];
  /** Addresses of scripts, below our own. */
  readonly scripts?: readonly string[];
  /** Content of `main`; its heading of the first level included. */
  readonly body: Markup;
}

const words = {
  en: {
    skip: 'Skip to the content',
    pages: 'Pages',
    language: 'Language',
    isNot:
      'Liaison coordinates authorities. A referral is not a report under Article 12 of COM(2022) 209, nor a ' +
      'notification under Article 18 of Regulation (EU) 2022/2065 or under national or third-country law; it discharges ' +
      'no duty to report, and it is not evidence.',
  },
  fr: {
    skip: 'Aller au contenu',
    pages: 'Pages',
    language: 'Langue',
    isNot:
      'Liaison coordonne des autorités. Une transmission n’est ni un signalement au sens de l’article 12 de ' +
      'COM(2022) 209, ni une notification au sens de l’article 18 du règlement (UE) 2022/2065 ou du droit national ou ' +
      'd’un pays tiers ; elle ne libère d’aucune obligation de signalement et n’est pas un élément de preuve.',
  },
} as const;

const ownNames: Readonly<Record<Locale, string>> = { en: 'English', fr: 'Français' };

function inLanguage(address: string, locale: Locale): string {
  const url = new URL(address, 'http://page.invalid');
  url.searchParams.set('lang', locale);
  return `${url.pathname}${url.search}`;
}

function renderHeader({ locale, address, place, links }: Page): Markup {
  const say = createWords(words, locale);
  return html`<header class="site">
    <p class="place">${place}</p>
    <nav aria-label=${say('pages')}>
      <ul>
        ${links.map(
          ({ href, text, current }) =>
            html`<li><a href=${href} aria-current=${current ? 'page' : undefined}>${text}</a></li>`,
        )}
      </ul>
    </nav>
    <nav aria-label=${say('language')} class="languages">
      <ul>
        ${locales.map(
          (one) =>
            html`<li>
              <a
                href=${inLanguage(address, one)}
                lang=${one}
                hreflang=${one}
                aria-current=${one === locale ? 'true' : undefined}
                >${ownNames[one]}</a
              >
            </li>`,
        )}
      </ul>
    </nav>
  </header>`;
}

/** Renders a page to the text of its answer. */
export function renderPage(page: Page): string {
  const { locale, basePath, place, title, scripts = [], body } = page;
  const say = createWords(words, locale);
  return `<!doctype html>${renderToString(
    html`<html lang=${locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · ${place}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="${basePath}/assets/liaison.css" />
        ${scripts.map((src) => html`<script type="module" src=${src}></script>`)}
      </head>
      <body>
        <a class="skip" href="#content">${say('skip')}</a>
        ${renderHeader(page)}
        <main id="content" tabindex="-1">${body}</main>
        <footer class="site"><p>${say('isNot')}</p></footer>
      </body>
    </html>`,
  )}`;
}
