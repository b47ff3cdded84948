import { createWords, html, type Markup } from '@liaison/pages';
import type { FoundDeadline } from '../store/referral-parts.ts';
import type { ShownReferral } from '../timelines/read-referral.ts';
import { renderTable } from './render-table.ts';
import type { Reader } from './page-reader.ts';
import type { Telling } from './state-urgent.ts';
import { referralWords, type ReferralWord } from './words-referral.ts';

interface Result {
  readonly word: ReferralWord;
  readonly badge: string;
}

function resultOf({ state, dueAt }: FoundDeadline, nowMs: number): Result {
  if (state === 'met') return { word: 'kept', badge: 'done' };
  if (state === 'passed') return { word: 'passed', badge: 'late' };
  return Date.parse(dueAt) < nowMs ? { word: 'overdue', badge: 'late' } : { word: 'open', badge: 'muted' };
}

function renderResult(deadline: FoundDeadline, { locale, nowMs, moment }: Reader): Markup {
  const say = createWords(referralWords, locale);
  const { word, badge } = resultOf(deadline, nowMs);
  return html`<span class="badge ${badge}">${say(word)}</span>${
      deadline.closedAt === null ? null : html` ${moment(deadline.closedAt)}`
    }`;
}

/** Deadlines, kept, passed or open. */
export function renderDeadlines(
  { deadlines, dispatches }: ShownReferral,
  { reader, nameOf }: Telling,
): Markup {
  const { locale, code, moment, age } = reader;
  const say = createWords(referralWords, locale);
  if (deadlines.length === 0) return html`<p>${say('deadlinesNone')}</p>`;
  const addresseeOf = new Map(dispatches.map(({ dispatchId, addressee }) => [dispatchId, addressee]));
  return renderTable({
    caption: say('deadlines'),
    columns: [{ head: say('step') }, { head: say('whom') }, { head: say('due') }, { head: say('result') }],
    rows: deadlines.map((deadline) => {
      const addressee = deadline.dispatchId === null ? undefined : addresseeOf.get(deadline.dispatchId);
      return {
        cells: [
          code('deadline', deadline.kind),
          addressee === undefined ? '–' : nameOf(addressee),
          html`${moment(deadline.dueAt)} (${age(deadline.dueAt)})`,
          renderResult(deadline, reader),
        ],
      };
    }),
  });
}
