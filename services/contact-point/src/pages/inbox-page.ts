import { createWords, html, type Markup, type Words } from '@liaison/pages';
import type { InboxFigures, InboxFilter, InboxLine } from '../store/inbox-list.ts';
import { acknowledgementDueMs } from './clocks.ts';
import { abuseTypes, dispatchStates, writeInboxQuery } from './inbox-address.ts';
import { listWords } from './list-words.ts';
import type { Reader } from './reader.ts';

/** What the list shows. */
export interface InboxView {
  readonly filter: InboxFilter;
  readonly lines: readonly InboxLine[];
  readonly figures: InboxFigures;
  /** Cursor of the next page, or null. */
  readonly next: string | null;
  readonly isFirstPage: boolean;
  readonly pageSize: number;
  /** Most dispatches of a download. */
  readonly downloadSize: number;
}

type Say = Words<keyof (typeof listWords)['en']>;

interface Place {
  readonly reader: Reader;
  readonly say: Say;
  readonly view: InboxView;
}

function addressOf({ reader }: Place, filter: InboxFilter, more?: Readonly<Record<string, string>>): string {
  return `${reader.basePath}/inbox${writeInboxQuery(filter, more)}`;
}

function renderFigures(place: Place): Markup {
  const { reader, say, view } = place;
  const { filter, figures } = view;
  const waiting: InboxFilter = { ...filter, state: 'new' };
  const figuresShown = [
    {
      text: say('urgentWaiting'),
      count: figures.urgent,
      href: addressOf(place, { ...filter, urgent: true }),
    },
    { text: say('unread'), count: figures.unread, href: addressOf(place, { ...filter, unread: true }) },
    { text: say('toAnswer'), count: figures.state.get('new') ?? 0, href: addressOf(place, waiting) },
  ];
  return html`<nav class="actions no-print" aria-label=${say('figures')}>
    ${figuresShown.map(
      ({ text, count, href }) =>
        html`<a class="button quiet" href=${href}>${text}${reader.colon}${reader.formats.number(count)}</a>`,
    )}
  </nav>`;
}

/** A search looks in every state, so it is a form of its own. */
function renderSearch({ reader, say, view }: Place): Markup {
  return html`<form class="search no-print" method="get" action="${reader.basePath}/inbox" role="search">
    <label for="q">${say('search')}</label>
    <input
      id="q"
      name="q"
      type="search"
      value=${view.filter.search ?? ''}
      maxlength="128"
      autocomplete="off"
      aria-describedby="q-hint"
    />
    <button type="submit">${say('find')}</button>
    <small id="q-hint">${say('searchHint')}</small>
  </form>`;
}

function option(value: string, text: string, selected: boolean): Markup {
  return html`<option value=${value} selected=${selected}>${text}</option>`;
}

function renderFilters({ reader, say, view }: Place): Markup {
  const { filter, figures } = view;
  const { number } = reader.formats;
  const total = [...figures.state.values()].reduce((sum, count) => sum + count, 0);
  const states = dispatchStates.map((state) => ({
    state,
    text: state === 'new' ? say('waiting') : reader.code('dispatchState', state),
  }));
  const isFiltered = writeInboxQuery({ ...filter, search: null }) !== '';
  return html`<details class="no-print" open=${isFiltered}>
    <summary>${say('filters')}</summary>
    <form class="filters" method="get" action="${reader.basePath}/inbox">
      ${filter.search !== null && html`<input type="hidden" name="q" value=${filter.search} />`}
      <p>
        <label for="state">${say('state')}</label>
        <select id="state" name="state">
          ${states.map(({ state, text }) =>
            option(state, `${text} (${number(figures.state.get(state) ?? 0)})`, filter.state === state),
          )}
          ${option('all', `${say('all')} (${number(total)})`, filter.state === null)}
        </select>
      </p>
      <p>
        <label for="type">${say('type')}</label>
        <select id="type" name="type">
          ${option('', say('anyType'), filter.abuseType === null)}
          ${abuseTypes.map((type) =>
            option(
              type,
              `${reader.code('abuseType', type)} (${number(figures.abuseType.get(type) ?? 0)})`,
              filter.abuseType === type,
            ),
          )}
        </select>
      </p>
      <p>
        <label>
          <input type="checkbox" name="urgent" value="yes" checked=${filter.urgent === true} />
          ${say('urgentOnly', { count: number(figures.urgent) })}
        </label>
      </p>
      <p>
        <label>
          <input type="checkbox" name="unread" value="yes" checked=${filter.unread === true} />
          ${say('unreadOnly', { count: number(figures.unread) })}
        </label>
      </p>
      <p class="actions">
        <button type="submit">${say('show')}</button>
        <a class="button quiet" href="${reader.basePath}/inbox">${say('clear')}</a>
      </p>
    </form>
  </details>`;
}

function renderMarks({ reader, say }: Place, line: InboxLine): Markup {
  return html`${line.urgent && html`<span class="badge urgent">${say('urgentMark')}</span>${' '}`}
  ${line.openedAt === null && html`<span class="badge new">${say('newMark')}</span>${' '}`}
  ${
    line.heldKind !== null &&
    html`<span class="badge muted"
      >${say('heldMark', { kind: reader.code('answerKind', line.heldKind) })}</span
    >`
  }`;
}

function renderDue({ reader, say }: Place, line: InboxLine): Markup {
  if (line.state !== 'new') {
    const kind = line.state === 'acknowledged' ? 'done' : 'muted';
    return html`<span class="badge ${kind}">${reader.code('dispatchState', line.state)}</span>`;
  }
  const leftMs = acknowledgementDueMs(line) - reader.nowMs;
  const time = reader.formats.duration(Math.abs(leftMs));
  return leftMs > 0
    ? html`${say('left', { time })}`
    : html`<span class="badge late">${say('late', { time })}</span>`;
}

function renderLine(place: Place, line: InboxLine): Markup {
  const { reader, say } = place;
  return html`<tr>
    <td>${renderMarks(place, line)}</td>
    <th scope="row">
      <a class="mono" href="${reader.basePath}/inbox/${line.dispatchId}">${line.providerReference}</a><br />
      ${reader.nameOf(line.senderId)}
    </th>
    <td>${renderDue(place, line)}</td>
    <td>
      <time datetime=${line.receivedAt} title=${reader.formats.moment(line.receivedAt)}
        >${say('ago', { time: reader.age(line.receivedAt) })}</time
      >
    </td>
    <td>${reader.codes('abuseType', line.abuseTypes)}</td>
    <td>${reader.code('certainty', line.certainty)}</td>
    <td class="mono">${line.caseNumber}</td>
  </tr>`;
}

function renderTable(place: Place): Markup {
  const { say, view } = place;
  const heads = ['marks', 'reference', 'due', 'received', 'type', 'certainty', 'caseNumber'] as const;
  return html`<div class="table-wrap" tabindex="0" role="region" aria-label=${say('caption')}>
    <table>
      <caption class="visually-hidden">
        ${say('caption')}
      </caption>
      <thead>
        <tr>
          ${heads.map((head) => html`<th scope="col">${say(head)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${view.lines.map((line) => renderLine(place, line))}
      </tbody>
    </table>
  </div>`;
}

function renderEmpty(place: Place): Markup {
  const { say, view } = place;
  const { filter } = view;
  const isFiltered = filter.urgent !== null || filter.unread !== null || filter.abuseType !== null;
  if (filter.search !== null) {
    return html`<p class="notice">
      ${say('nothingFound', { search: filter.search })}${' '}
      ${
        filter.state !== null &&
        html`<a href=${addressOf(place, { ...filter, state: null })}>${say('searchEverywhere')}</a>`
      }
    </p>`;
  }
  if (isFiltered || filter.state !== 'new') return html`<p class="notice">${say('nothingShown')}</p>`;
  return html`<p class="notice">
    ${say('nothingWaits')}${' '}
    <a href=${addressOf(place, { ...filter, state: 'acknowledged' })}>${say('seeAcknowledged')}</a>
  </p>`;
}

function renderFoot(place: Place): Markup {
  const { reader, say, view } = place;
  const { filter, next, isFirstPage, pageSize, downloadSize } = view;
  const query = writeInboxQuery(filter);
  return html`<p class="actions no-print">
      ${
        next !== null &&
        html`<a class="button" rel="next" href=${addressOf(place, filter, { after: next })}
          >${say('next', { count: pageSize })}</a
        >`
      }
      ${!isFirstPage && html`<a class="button quiet" href=${addressOf(place, filter)}>${say('first')}</a>`}
    </p>
    <p class="no-print">
      ${say('downloads')}${reader.colon}
      <a href="${reader.basePath}/inbox.csv${query}" download>CSV</a>,${' '}
      <a href="${reader.basePath}/inbox.json${query}" download>JSON</a>.${' '}
      <small>${say('downloadsNote', { count: reader.formats.number(downloadSize) })}</small>
    </p>`;
}

/** The list: content of `main`. */
export function renderInbox(reader: Reader, view: InboxView): Markup {
  const say = createWords(listWords, reader.locale);
  const place: Place = { reader, say, view };
  return html`<h1>${say('title')}</h1>
    ${reader.directory === null && html`<p class="notice" role="status">${say('offline')}</p>`}
    ${renderFigures(place)} ${renderSearch(place)} ${renderFilters(place)}
    ${view.lines.length === 0 ? renderEmpty(place) : renderTable(place)} ${renderFoot(place)}
    <p><small>${say('zone', { zone: reader.timeZone })}</small></p>`;
}
