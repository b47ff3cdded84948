import { html, type Markup } from '@liaison/pages';
import { defang } from './defang.ts';
import type { DispatchView } from './dispatch-view.ts';
import { renderFacts, renderLines } from './facts.ts';

function renderOccurred({ referral, reader, say }: DispatchView): Markup | null {
  const { occurredFrom, occurredTo } = referral;
  if (occurredFrom === undefined && occurredTo === undefined) return null;
  return renderLines([
    occurredFrom === undefined ? null : say('from', { at: reader.formats.moment(occurredFrom) }),
    occurredTo === undefined ? null : say('to', { at: reader.formats.moment(occurredTo) }),
  ]);
}

function renderService({ referral, reader }: DispatchView): Markup | null {
  const { service } = referral;
  if (service === undefined) return null;
  return renderLines([
    service.name,
    service.types === undefined ? null : reader.codes('serviceType', service.types),
    service.url === undefined ? null : html`<span class="mono">${defang(service.url)}</span>`,
  ]);
}

function renderLinks({ referral, reader, say, linked }: DispatchView): Markup | null {
  const { links = [], relation } = referral;
  const named = [
    ...(relation === undefined
      ? []
      : [{ text: reader.code('relation', relation.type), value: relation.reference }]),
    ...links.map(({ relation: kind, namespace, value }) => ({
      text: `${reader.code('linkRelation', kind)}, ${reader.code('linkNamespace', namespace)}`,
      value,
    })),
  ];
  if (named.length === 0) return null;
  return renderLines(
    named.map(({ text, value }) => {
      const here = linked.get(value);
      const found =
        here !== undefined && html`${' '}(<a href="${reader.basePath}/inbox/${here}">${say('linkHere')}</a>)`;
      return html`${text}${reader.colon}<span class="mono">${value}</span>${found}`;
    }),
  );
}

function renderText({ reader, say }: DispatchView, words: { text: string; language: string }): Markup {
  return html`<span lang=${words.language}>${words.text}</span>${' '}<small
      >(${say('inLanguage', { language: reader.formats.language(words.language) })}, ${words.language})</small
    >`;
}

/** What the sender says of it as a whole. */
export function renderReferred(view: DispatchView): Markup {
  const { dispatch, entry, referral, reader, say } = view;
  const { awareness, circumstances, legalBasis, note, onBehalfOf, urgency } = referral;
  const { handling } = dispatch;
  return html`<section aria-labelledby="facts">
    <h2 id="facts">${say('facts')}</h2>
    ${renderFacts([
      [say('abuse'), reader.codes('abuseType', referral.abuseTypes)],
      [
        say('circumstances'),
        circumstances === undefined ? null : reader.codes('circumstance', circumstances),
      ],
      [say('statement'), urgency.statement === undefined ? null : renderText(view, urgency.statement)],
      [say('note'), note === undefined ? null : renderText(view, note)],
      [say('occurred'), renderOccurred(view)],
      [say('service'), renderService(view)],
      [say('manner'), reader.code('awarenessManner', awareness.manner)],
      [
        say('methods'),
        awareness.methods === undefined ? null : reader.codes('detectionMethod', awareness.methods),
      ],
      [say('links'), renderLinks(view)],
      [say('basis'), renderLines([reader.code('legalBasis', legalBasis.instrument), legalBasis.reference])],
      [say('onBehalf'), onBehalfOf === undefined ? null : reader.nameOf(onBehalfOf)],
      [say('issued'), reader.moment(referral.issuedAt)],
      [say('accepted'), reader.moment(dispatch.acceptedAt)],
      [
        say('handling'),
        renderLines([
          reader.code('handlingCode', handling.handlingCode),
          reader.code('sourceEvaluation', handling.sourceEvaluation),
          reader.code('informationEvaluation', handling.informationEvaluation),
          handling.restriction,
        ]),
      ],
      [
        say('ids'),
        renderLines([
          html`${say('dispatchId')} <span class="mono">${entry.dispatchId}</span>`,
          html`${say('referralId')} <span class="mono">${entry.referralId}</span>`,
        ]),
      ],
    ])}
  </section>`;
}
