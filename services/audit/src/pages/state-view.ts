import { createWords, html, type Markup } from '@liaison/pages';
import type { StateNow } from '../volumes/read-state-now.ts';
import { createNames, type Reader } from './page-reader.ts';
import { renderCards, renderFacts } from './render-facts.ts';
import { renderTable } from './render-table.ts';
import { renderSearchForm } from './search-form.ts';
import { renderCountries } from './state-countries.ts';
import { renderFailing } from './state-failing.ts';
import { renderUrgent } from './state-urgent.ts';
import { stateWords } from './words-state.ts';

const undelivered: readonly string[] = ['sealed', 'sending', 'sent', 'parked'];
const neverSent: readonly string[] = ['sealed', 'sending', 'parked', 'cancelled'];

/** Title of the page. */
export function titleOfState({ locale }: Reader): string {
  return createWords(stateWords, locale)('title');
}

function sumOf(counts: readonly { readonly count: number }[]): number {
  return counts.reduce((sum, { count }) => sum + count, 0);
}

function renderFigures(state: StateNow, { locale, formats, age }: Reader): Markup {
  const say = createWords(stateWords, locale);
  const { referrals, refusals, dispatches } = state;
  const figure = (counts: readonly { readonly count: number }[]): string => formats.number(sumOf(counts));
  const undecided = referrals.find((one) => one.state === 'accepted')?.count ?? 0;
  const oldest = dispatches
    .flatMap(({ oldestUndeliveredAt: at }) => (at === null ? [] : [at]))
    .toSorted()
    .at(0);
  const isReceipted = ({ state: one }: { readonly state: string }): boolean => one === 'receipted';
  return renderCards([
    [
      say('accepted'),
      html`${figure(referrals)}${
        undecided > 0 ? html` <small>(${formats.number(undecided)} ${say('undecided')})</small>` : null
      }`,
    ],
    [say('refused'), figure(refusals)],
    [say('dispatched'), figure(dispatches.filter((one) => !neverSent.includes(one.state)))],
    [say('receipted'), figure(dispatches.filter(isReceipted))],
    [say('undelivered'), figure(dispatches.filter((one) => undelivered.includes(one.state)))],
    [say('oldest'), oldest === undefined ? say('nothing') : age(oldest)],
  ]);
}

function renderCounts(
  caption: string,
  counts: readonly { readonly name: string; readonly count: number }[],
  { formats, locale }: Reader,
): Markup | null {
  if (counts.length === 0) return null;
  const say = createWords(stateWords, locale);
  return html`<h3>${caption}</h3>
    ${renderTable({
      caption,
      columns: [{ head: say('what') }, { head: say('count'), isNumber: true }],
      rows: counts
        .toSorted((left, right) => right.count - left.count)
        .map(({ name, count }) => ({ cells: [name, formats.number(count)] })),
    })}`;
}

function renderLedger({ ledger }: StateNow, { locale, formats, moment, age }: Reader): Markup {
  const say = createWords(stateWords, locale);
  const { size, pending, signedAt } = ledger;
  const signed = signedAt === null ? say('ledgerNever') : html`${moment(signedAt)} (${age(signedAt)})`;
  return html`<h2>${say('ledger')}</h2>
    ${renderFacts([
      [say('ledgerSize'), formats.number(size)],
      [say('ledgerPending'), formats.number(pending)],
      [say('ledgerSigned'), signed],
    ])}
    <p>
      <a href="/v1/log/checkpoint">${say('checkpoint')}</a>${' · '}<a href="/v1/log/keys">${say('keys')}</a
      >${' · '} <a href="/v1/log/export">${say('export')}</a>${' · '}<a href="/v1/volumes"
        >${say('volumes')}</a
      >
    </p>`;
}

/** The state of the exchange: freshness, what is urgent, what fails, figures, countries, ledger. */
export function renderState(state: StateNow, reader: Reader): Markup {
  const { locale, formats, code, age } = reader;
  const say = createWords(stateWords, locale);
  const nameOf = createNames(state.participants, reader);
  const asOf = new Date(state.asOfMs).toISOString();
  return html`<h1>${say('title')}</h1>
    <p>${say('asOf', { moment: formats.moment(asOf), age: age(asOf) })} <a href="/">${say('refresh')}</a></p>
    ${renderSearchForm(reader)} ${renderUrgent(state, { reader, nameOf })}
    ${renderFailing(state, { reader, nameOf })}
    <h2>${say('figures')}</h2>
    ${renderFigures(state, reader)} ${renderCountries(state, { reader, nameOf })}
    ${renderCounts(
      say('states'),
      state.referrals.map(({ state: one, count }) => ({ name: code('referralState', one), count })),
      reader,
    )}
    ${renderCounts(
      say('refusals'),
      state.refusals.map(({ problem, count }) => ({ name: code('problem', problem), count })),
      reader,
    )}
    ${renderLedger(state, reader)}`;
}
