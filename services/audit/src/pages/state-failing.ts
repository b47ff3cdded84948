import { createWords, html, type CodeGroup, type Markup } from '@liaison/pages';
import type { Failing } from '../store/state-now.ts';
import type { StateNow } from '../volumes/read-state-now.ts';
import { renderTable } from './render-table.ts';
import type { Telling } from './state-urgent.ts';
import { stateWords, type StateWord } from './words-state.ts';

function renderList(
  list: {
    readonly caption: string;
    readonly first: StateWord;
    readonly group: CodeGroup;
    readonly entries: readonly Failing[];
  },
  { reader, nameOf }: Telling,
): Markup | null {
  const { caption, first, group, entries } = list;
  if (entries.length === 0) return null;
  const { locale, formats, code, moment, age } = reader;
  const say = createWords(stateWords, locale);
  return html`<h3>${caption}</h3>
    ${renderTable({
      caption,
      columns: [
        { head: say(first) },
        { head: say('since') },
        { head: say('whom') },
        { head: say('count'), isNumber: true },
      ],
      rows: entries.map(({ code: one, participant, count, since }) => ({
        cells: [
          code(group, one),
          html`<span class="badge late">${age(since)}</span> ${moment(since)}`,
          participant === null ? say('everybody') : nameOf(participant),
          formats.number(count),
        ],
      })),
    })}`;
}

function renderPassed({ passed }: StateNow, { reader }: Telling): Markup | null {
  if (passed.length === 0) return null;
  const { locale, formats, code, moment } = reader;
  const say = createWords(stateWords, locale);
  return html`<h3>${say('passed')}</h3>
    ${renderTable({
      caption: say('passed'),
      columns: [
        { head: say('step') },
        { head: say('count'), isNumber: true },
        { head: say('firstDue') },
        { head: say('lastDue') },
      ],
      rows: passed.map(({ kind, urgent, count, first, last }) => ({
        cells: [
          html`${code('deadline', kind)}${
            urgent ? html` <span class="badge urgent">${say('urgentMark')}</span>` : null
          }`,
          formats.number(count),
          moment(first),
          moment(last),
        ],
      })),
    })}`;
}

/** Open alarms, dispatches held back and deadlines passed, with since when. */
export function renderFailing(state: StateNow, telling: Telling): Markup {
  const say = createWords(stateWords, telling.reader.locale);
  const { alarms, parked, passed } = state;
  const isFine = alarms.length + parked.length + passed.length === 0;
  return html`<h2>${say('failing')}</h2>
    ${isFine ? html`<p><span class="badge done">0</span> ${say('failingNone')}</p>` : null}
    ${renderList({ caption: say('alarms'), first: 'what', group: 'alarm', entries: alarms }, telling)}
    ${renderList({ caption: say('parked'), first: 'reason', group: 'eventCode', entries: parked }, telling)}
    ${renderPassed(state, telling)}`;
}
