import { createWords, html, type Markup } from '@liaison/pages';
import type { Reader } from './page-reader.ts';
import { frameWords } from './words-frame.ts';

/** The one box for everything by which a referral is found. */
export function renderSearchForm({ locale }: Reader, typed = ''): Markup {
  const say = createWords(frameWords, locale);
  return html`<form class="search" role="search" action="/search" method="get">
    <label for="q">${say('label')}</label>
    <input
      id="q"
      name="q"
      type="search"
      value=${typed}
      maxlength="200"
      autocomplete="off"
      spellcheck="false"
    />
    <button class="button" type="submit">${say('find')}</button>
  </form>`;
}
