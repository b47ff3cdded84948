import { createWords, explainDecision, html, type Markup } from '@liaison/pages';
import type { ShownReferral } from '../timelines/read-referral.ts';
import { renderDeadlines } from './deadlines-view.ts';
import { renderDispatches } from './dispatches-view.ts';
import { renderEvent } from './event-view.ts';
import { createNames, type Reader } from './page-reader.ts';
import { renderFacts } from './render-facts.ts';
import { proofWords } from './words-proof.ts';
import { referralWords } from './words-referral.ts';

/** Title of the page. */
export function titleOfReferral({ referral }: ShownReferral, { locale }: Reader): string {
  return createWords(referralWords, locale)('title', { reference: referral.providerReference });
}

function renderWhy({ referral: { decision } }: ShownReferral, { locale }: Reader): Markup {
  const say = createWords(referralWords, locale);
  if (decision === null) return html`<p>${say('undecided')}</p>`;
  const { headline, sentences } = explainDecision({ decision, locale });
  return html`<p><strong>${headline}</strong></p>
    <ul>
      ${sentences.map((sentence) => html`<li>${sentence}</li>`)}
    </ul>`;
}

function renderWhat({ referral }: ShownReferral, reader: Reader, nameOf: (id: string) => string): Markup {
  const { locale, code, moment, age } = reader;
  const say = createWords(referralWords, locale);
  const when = (at: string): Markup => html`${moment(at)} (${age(at)})`;
  const { relationType, relatedTo, decidedAt } = referral;
  return renderFacts([
    [say('referralId'), html`<span class="mono">${referral.id}</span>`],
    [
      say('sender'),
      `${nameOf(referral.senderId)}, ${code('participantKind', referral.senderKind).toLocaleLowerCase(locale)}`,
    ],
    [say('kind'), code('referralKind', referral.referralKind)],
    [say('accepted'), when(referral.acceptedAt)],
    [say('decided'), decidedAt === null ? null : when(decidedAt)],
    [
      say('related'),
      relationType === null || relatedTo === null
        ? null
        : html`<a href="/referrals/${relatedTo}"
            >${say('relatedTo', { relation: code('relation', relationType) })}</a
          >`,
    ],
  ]);
}

/** One referral: what it is, why these addressees, what became of every dispatch, deadlines, and the timeline. */
export function renderReferral(shown: ShownReferral, reader: Reader): Markup {
  const { locale, code } = reader;
  const say = createWords(referralWords, locale);
  const nameOf = createNames(shown.participants, reader);
  const telling = { reader, nameOf };
  const { referral, events } = shown;
  return html`<h1>${titleOfReferral(shown, reader)}</h1>
    <p>
      ${referral.urgent ? html`<span class="badge urgent">${say('urgent')}</span> ` : null}<span class="badge"
        >${code('referralState', referral.state)}</span
      >
    </p>
    ${renderWhat(shown, reader, nameOf)}
    <h2>${say('why')}</h2>
    ${renderWhy(shown, reader)}
    <h2>${say('dispatches')}</h2>
    ${renderDispatches(shown, telling)}
    <h2>${say('deadlines')}</h2>
    ${renderDeadlines(shown, telling)}
    <h2>${say('timeline')}</h2>
    <p>
      ${say('timelineNote')} <a href="/v1/timelines?search=${referral.id}">${say('json')}</a>${' · '}
      <a href="/v1/log/checkpoint">${say('checkpoint')}</a>${' · '}<a href="/v1/log/keys">${say('keys')}</a>
    </p>
    <ol class="timeline" data-proof-words=${JSON.stringify(proofWords[locale])}>
      ${events.map((event) => renderEvent(event, telling))}
    </ol>`;
}
