import { html, type Markup } from '@liaison/pages';
import { renderDetails } from './dispatch-tables.ts';
import { renderNow } from './dispatch-now.ts';
import { renderReferred } from './dispatch-referred.ts';
import { renderPurposeForm, renderUrls } from './dispatch-urls.ts';
import { viewDispatch, type DispatchFacts, type DispatchView, type ToldCode } from './dispatch-view.ts';
import { renderWhy } from './dispatch-why.ts';
import { answerForms, type AnswerForm } from './answer-fields.ts';
import type { Reader } from './reader.ts';

const toldKeys = {
  undone: 'toldUndone',
  late: 'toldLate',
  answered: 'toldAnswered',
  conflict: 'toldConflict',
  shown: 'toldShown',
  purpose: 'toldPurpose',
} as const satisfies Readonly<Record<ToldCode, string>>;

function renderHeld(view: DispatchView): Markup[] {
  const { held, href, reader, say } = view;
  return held.map(({ answer, sendAfter }) => {
    const until = reader.clock(sendAfter);
    const isLate = Date.parse(sendAfter) <= reader.nowMs;
    return html`<div class="notice" role="status">
      <p><strong>${say('heldTitle', { kind: reader.code('answerKind', answer.kind) })}</strong></p>
      <p>${isLate ? say('heldLate') : say('heldText', { until })}</p>
      ${
        !isLate &&
        html`<form class="no-print" method="post" action="${href}/undo">
          <input type="hidden" name="answerId" value=${answer.answerId} />
          <button type="submit">${say('undo', { until })}</button>
        </form>`
      }
    </div>`;
  });
}

function renderFlags({ referral, reader, say, senderKeyRevokedSince }: DispatchView): Markup {
  const { relation } = referral;
  return html`${
    senderKeyRevokedSince !== null &&
    html`<p class="banner">${say('keyRevoked', { at: reader.formats.moment(senderKeyRevokedSince) })}</p>`
  }
  ${
    relation !== undefined &&
    html`<p class="notice">
      ${
        relation.type === 'withdrawal'
          ? say('withdrawal', { reference: relation.reference })
          : say('relation', {
              relation: reader.code('relation', relation.type),
              reference: relation.reference,
            })
      }
    </p>`
  }`;
}

const kindOf = {
  acknowledge: 'acknowledged',
  decline: 'declined',
  ask: 'informationRequested',
  outcome: 'outcome',
} as const satisfies Readonly<Record<AnswerForm, string>>;

/** What is held already is not offered again: it is undone, or it is sent. */
function renderActions({ entry, held, href, say }: DispatchView): Markup {
  const quiet = entry.state === 'new' ? '' : ' quiet';
  const offered = answerForms.filter((form) => held.every(({ answer }) => answer.kind !== kindOf[form]));
  return html`<nav class="actions no-print" aria-label=${say('answering')}>
    ${offered.map(
      (form) =>
        html`<a class="button${form === 'acknowledge' ? quiet : ' quiet'}" href="${href}/${form}"
          >${say(form)}</a
        >`,
    )}
  </nav>`;
}

function renderAnswers({ answers, reader, say }: DispatchView): Markup {
  return html`<section aria-labelledby="answers">
    <h2 id="answers">${say('answers')}</h2>
    ${
      answers.length === 0
        ? html`<p>${say('noAnswers')}</p>`
        : html`<ol class="timeline">
            ${answers.map(
              ({ kind, sequence, state, answeredAt }) =>
                html`<li>
                  ${reader.moment(answeredAt)}<br />
                  ${say('answerSequence', { sequence })}${reader.colon}${reader.code('answerKind', kind)}.${' '}
                  ${reader.code('answerState', state)}.
                </li>`,
            )}
          </ol>`
    }
  </section>`;
}

function renderDownloads(view: DispatchView): Markup {
  const { href, referral, say, sayReveal } = view;
  return html`<section aria-labelledby="downloads" class="no-print">
    <h2 id="downloads">${say('downloads')}</h2>
    <p>
      <a href="${href}/dispatch.json" download>JSON</a>,${' '}<a href="${href}/dispatch.csv" download>CSV</a
      >.${' '}${say('printHint')}
    </p>
    ${
      referral.urls !== undefined &&
      html`<p>${sayReveal('withheld')}</p>
        ${renderPurposeForm(view, {
          pointer: '/urls',
          action: 'whole.json',
          button: sayReveal('wholeFile'),
        })}`
    }
  </section>`;
}

/** Title of a dispatch: the sender's reference and name. */
function titleOf(view: DispatchView): string {
  const { entry, referral, reader, say } = view;
  return say('title', { reference: referral.providerReference, sender: reader.nameOf(entry.senderId) });
}

/** One dispatch on one screen: title, and content of `main`. */
export function renderDispatch(
  facts: DispatchFacts,
  reader: Reader,
): { readonly title: string; readonly body: Markup } {
  const view = viewDispatch(facts, reader);
  const { entry, say, told } = view;
  const title = titleOf(view);
  const stateKind = entry.state === 'new' ? 'new' : entry.state === 'acknowledged' ? 'done' : 'muted';
  const body = html`<p class="banner">${say('banner')}</p>
    <h1>${title}</h1>
    <p>
      ${entry.urgent && html`<span class="badge urgent">${say('urgent')}</span>${' '}`}
      <span class="badge ${stateKind}">${reader.code('dispatchState', entry.state)}</span>
    </p>
    ${told !== null && html`<p class="notice" role="status">${say(toldKeys[told])}</p>`} ${renderHeld(view)}
    ${renderFlags(view)} ${renderActions(view)} ${renderNow(view)} ${renderWhy(view)} ${renderReferred(view)}
    ${renderDetails(view)} ${renderUrls(view)} ${renderAnswers(view)} ${renderDownloads(view)}
    <p><small>${say('zone', { zone: reader.timeZone })}</small></p>`;
  return { title, body };
}
