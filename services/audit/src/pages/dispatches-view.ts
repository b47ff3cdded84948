import { createWords, html, type Markup } from '@liaison/pages';
import type { ShownDispatch, ShownReferral } from '../timelines/read-referral.ts';
import { renderTable } from './render-table.ts';
import type { Reader } from './page-reader.ts';
import type { Telling } from './state-urgent.ts';
import { referralWords } from './words-referral.ts';

function renderState({ state, answer, refusalCode }: ShownDispatch, { code }: Reader): Markup {
  const shown = state === 'receipted' ? (answer ?? state) : state;
  const marks: Readonly<Record<string, string>> = {
    acknowledged: 'done',
    closed: 'done',
    declined: 'late',
    parked: 'late',
    cancelled: 'muted',
  };
  return html`<span class="badge ${marks[shown] ?? ''}">${code('dispatchState', shown)}</span>${
      refusalCode === null ? null : html` ${code('eventCode', refusalCode)}`
    }`;
}

function renderReceipt(dispatch: ShownDispatch, { locale, formats, moment, nowMs }: Reader): Markup {
  const say = createWords(referralWords, locale);
  const { receiptedAt, state, urgent, sealedAt } = dispatch;
  if (receiptedAt !== null) return html`${moment(receiptedAt)}`;
  if (state === 'cancelled') return html`–`;
  const age = formats.duration(nowMs - Date.parse(sealedAt));
  return html`<span class="badge ${urgent ? 'urgent' : 'late'}">${say('waiting', { age })}</span>`;
}

/** Dispatches with every attempt counted, and states that wait for a contact point. */
export function renderDispatches(
  { dispatches, unenrolled }: ShownReferral,
  { reader, nameOf }: Telling,
): Markup {
  const { locale, formats, moment, age } = reader;
  const say = createWords(referralWords, locale);
  const table =
    dispatches.length === 0
      ? html`<p>${say('dispatchesNone')}</p>`
      : renderTable({
          caption: say('dispatches'),
          columns: [
            { head: say('addressee') },
            { head: say('state') },
            { head: say('receipted') },
            { head: say('attempts'), isNumber: true },
            { head: say('sealed') },
            { head: say('sent') },
            { head: say('dispatchId') },
          ],
          rows: dispatches.map((one) => ({
            id: `dispatch-${one.dispatchId}`,
            cells: [
              nameOf(one.addressee),
              renderState(one, reader),
              renderReceipt(one, reader),
              formats.number(one.attempts),
              moment(one.sealedAt),
              one.sentAt === null ? say('notYet') : moment(one.sentAt),
              html`<span class="mono">${one.dispatchId}</span>`,
            ],
          })),
        });
  if (unenrolled.length === 0) return table;
  return html`${table}
    <h3>${say('pending')}</h3>
    <ul>
      ${unenrolled.map(({ memberState, since, resolvedAt }) => {
        const country = formats.country(memberState);
        return html`<li>
          ${
            resolvedAt === null
              ? say('pendingState', { country, since: age(since) })
              : say('pendingDone', { country, since: age(resolvedAt) })
          }
        </li>`;
      })}
    </ul>`;
}
