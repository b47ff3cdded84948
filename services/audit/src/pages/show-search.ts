import { createWords, html, renderPage, type Markup } from '@liaison/pages';
import type { Request, Response } from 'express';
import { refuseParameter } from '../routes/read-parameter.ts';
import { findReferrals, type FoundReferral } from '../store/referrals.ts';
import { pageFrame, readerOf, type PageDeps, type Reader } from './page-reader.ts';
import { renderTable } from './render-table.ts';
import { renderSearchForm } from './search-form.ts';
import { searchWords } from './words-search.ts';

/** A reference, and an id. */
const reference = /^[A-Za-z0-9._:-]{1,128}$/;

function readTyped(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value.trim() : refuseParameter('q', 'format-wrong');
}

function renderFound(found: readonly FoundReferral[], reader: Reader): Markup {
  const say = createWords(searchWords, reader.locale);
  return html`<p>${say('several')}</p>
    ${renderTable({
      caption: say('titleSeveral', { count: found.length }),
      columns: ['reference', 'sender', 'accepted', 'state', 'referralId'].map((key) => ({
        head: say(key as 'reference' | 'sender' | 'accepted' | 'state' | 'referralId'),
      })),
      rows: found.map(({ id, providerReference, senderId, acceptedAt, state }) => ({
        cells: [
          html`<a href="/referrals/${id}">${providerReference}</a>`,
          senderId,
          html`${reader.moment(acceptedAt)} (${reader.age(acceptedAt)})`,
          reader.code('referralState', state),
          html`<span class="mono">${id}</span>`,
        ],
      })),
    })}`;
}

function renderBody(
  {
    typed,
    found,
    isForm,
  }: { readonly typed: string; readonly found: readonly FoundReferral[]; readonly isForm: boolean },
  reader: Reader,
): Markup {
  const say = createWords(searchWords, reader.locale);
  if (typed === '')
    return html`<h1>${say('title')}</h1>
      ${renderSearchForm(reader)}`;
  if (found.length > 0)
    return html`<h1>${say('titleSeveral', { count: found.length })}</h1>
      ${renderSearchForm(reader, typed)} ${renderFound(found, reader)}`;
  return html`<h1>${say('title')}</h1>
    <div class="notice" role="status">
      <p>${say(isForm ? 'none' : 'malformed', { typed })}</p>
      ${isForm ? html`<p>${say('noneHelp')}</p>` : null}
    </div>
    ${renderSearchForm(reader, typed)}`;
}

/** `GET /search`: what a reference, a referral's or a dispatch's id names; one hit is shown at once. */
export function showSearch({ database, clock }: PageDeps) {
  return async (req: Request, res: Response): Promise<void> => {
    const typed = readTyped(req.query['q']);
    const isForm = typed === '' || reference.test(typed);
    const found = typed !== '' && isForm ? await findReferrals(database, typed) : [];
    const [only, ...others] = found;
    if (only !== undefined && others.length === 0) {
      res.redirect(303, `/referrals/${only.id}`);
      return;
    }
    const reader = readerOf({ req, res }, clock);
    const title = createWords(searchWords, reader.locale)('title');
    res
      .status(isForm ? 200 : 400)
      .type('html')
      .send(
        renderPage({
          ...pageFrame(reader, title, 'search'),
          body: renderBody({ typed, found, isForm }, reader),
        }),
      );
  };
}
