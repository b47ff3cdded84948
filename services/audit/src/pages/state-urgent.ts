import { createWords, html, type Markup } from '@liaison/pages';
import type { StateNow } from '../volumes/read-state-now.ts';
import type { Reader } from './page-reader.ts';
import { renderTable } from './render-table.ts';
import { stateWords } from './words-state.ts';

/** How a section of the page is told. */
export interface Telling {
  readonly reader: Reader;
  /** Name of a participant. */
  readonly nameOf: (id: string) => string;
}

/** Urgent dispatches that nobody has answered, the longest waiting first. */
export function renderUrgent({ urgent, moreUrgent }: StateNow, { reader, nameOf }: Telling): Markup {
  const { locale, formats, code, moment, nowMs } = reader;
  const say = createWords(stateWords, locale);
  if (urgent.length === 0)
    return html`<h2>${say('urgent')}</h2>
      <p><span class="badge done">0</span> ${say('urgentNone')}</p>`;
  return html`<h2>${say('urgent')}</h2>
    ${renderTable({
      caption: say('urgent'),
      columns: [
        { head: say('reference') },
        { head: say('waits') },
        { head: say('addressee') },
        { head: say('state') },
        { head: say('sealed') },
      ],
      rows: urgent.map((one) => ({
        cells: [
          html`<a href="/referrals/${one.referralId}#dispatch-${one.dispatchId}"
            >${one.providerReference}</a
          >`,
          html`<span class="badge urgent">${formats.duration(nowMs - Date.parse(one.sealedAt))}</span>`,
          nameOf(one.addressee),
          code('dispatchState', one.state),
          moment(one.sealedAt),
        ],
      })),
    })}
    ${moreUrgent ? html`<p>${say('urgentMore', { count: urgent.length })}</p>` : null}`;
}
