import { createWords, html, type CodeGroup, type Markup } from '@liaison/pages';
import type { ShownEvent } from '../timelines/read-referral.ts';
import { articleOf, articleWords } from './articles-of-events.ts';
import type { Reader } from './page-reader.ts';
import { renderFacts } from './render-facts.ts';
import type { Telling } from './state-urgent.ts';
import { referralWords } from './words-referral.ts';

interface EventFacts {
  readonly kind?: string;
  readonly state?: string;
  readonly addressee?: string;
  readonly codes?: readonly string[];
}

/** What an event says beyond its name, in codes that were put into words; the same words once. */
function describeFacts({ facts, type }: ShownEvent, { code }: Reader): string {
  const { kind, state, codes = [] } = facts as EventFacts;
  const told: (readonly [CodeGroup, string])[] = [];
  if (kind !== undefined && !type.startsWith('dispatch')) told.push(['eventKind', kind]);
  if (state !== undefined && type === 'feedbackReceived') told.push(['eventState', state]);
  for (const one of codes) told.push(['eventCode', one]);
  return [...new Set(told.map(([group, one]) => code(group, one)))].join(' · ');
}

function renderLedger(event: ShownEvent, { locale, formats }: Reader): Markup {
  const say = createWords(referralWords, locale);
  const { position, leafHash, leaf, eventId } = event;
  if (position === null) return html`<p>${say('positionNone')}</p>`;
  const shown = formats.number(position);
  return html`<p class="actions">
      <span>${say('position', { position: shown })}</span>
      <span class="no-print" hidden
        ><button
          class="button quiet"
          type="button"
          data-check-proof
          data-leaf=${leaf}
          data-leaf-hash=${leafHash}
          data-position=${position}
          data-event-id=${eventId}
          aria-describedby="result-${eventId}"
        >
          ${say('check')}<span class="visually-hidden">, ${say('checkOf', { position: shown })}</span>
        </button></span
      >
      <a href="/v1/log/inclusion-proof?leafHash=${leafHash}"
        >${say('proof')}<span class="visually-hidden">, ${say('checkOf', { position: shown })}</span></a
      >
    </p>
    <p id="result-${eventId}" role="status" aria-live="polite"></p>
    <details>
      <summary>
        ${say('ledgerDetails')}<span class="visually-hidden">, ${say('checkOf', { position: shown })}</span>
      </summary>
      ${renderFacts([
        [say('leafHash'), html`<span class="mono">${leafHash}</span>`],
        [say('eventId'), html`<span class="mono">${eventId}</span>`],
        [say('leaf'), html`<span class="mono">${leaf}</span>`],
      ])}
    </details>`;
}

/** One event: when, what, by whom, to whom, under which article, and its place in the ledger. */
export function renderEvent(event: ShownEvent, { reader, nameOf }: Telling): Markup {
  const { locale, code, moment, age } = reader;
  const say = createWords(referralWords, locale);
  const sayArticle = createWords(articleWords, locale);
  const { addressee } = event.facts as EventFacts;
  const facts = describeFacts(event, reader);
  return html`<li id="event-${event.eventId}">
    ${moment(event.at)} (${age(event.at)})
    <h3>${code('eventType', event.type)}</h3>
    ${facts === '' ? null : html`<p>${facts}</p>`}
    <p>
      ${say('by', { name: nameOf(event.actorId) })}
      ${
        addressee === undefined || addressee === event.actorId
          ? null
          : html` ${say('to', { name: nameOf(addressee) })}`
      }
    </p>
    <p>${sayArticle(articleOf(event))}.</p>
    ${renderLedger(event, reader)}
  </li>`;
}
