import { explainDecision, html, type Markup } from '@liaison/pages';
import type { DispatchView } from './dispatch-view.ts';
import { renderFacts, renderLines } from './facts.ts';

function nameState({ reader, say }: DispatchView, country: string): string {
  const name = reader.formats.country(country);
  const self = reader.directory?.participant(reader.selfId);
  return self?.kind === 'lawEnforcement' && self.country === country ? say('you', { name }) : name;
}

function renderAuthorities(view: DispatchView): Markup {
  const { dispatch, reader, say } = view;
  const { concerned, europol } = dispatch.decision.criminal;
  const copy = !europol.addressed
    ? say('europolNot')
    : say(concerned.length === 0 ? 'europolOnly' : 'europolCopy');
  return renderLines([
    ...concerned.map(
      ({ country, certainty, roles }) =>
        `${nameState(view, country)}${reader.colon}${reader.code('certainty', certainty)} (${reader.codes('role', roles)})`,
    ),
    copy,
  ]);
}

function renderInformed({ referral, reader }: DispatchView): Markup | null {
  const { authoritiesInformed = [] } = referral;
  if (authoritiesInformed.length === 0) return null;
  return renderLines(
    authoritiesInformed.map(({ kind, country, name, reference, state, at }) => {
      const told = [
        reader.code('informedAuthority', kind),
        country === undefined ? null : reader.formats.country(country),
        name,
        reference,
        reader.code('informedState', state),
        at === undefined ? null : reader.formats.moment(at),
      ];
      return told.filter(Boolean).join(', ');
    }),
  );
}

/** Why it came here, how certain that is, and who else has it. */
export function renderWhy(view: DispatchView): Markup {
  const { dispatch, reader, say } = view;
  const { decision } = dispatch;
  const { certainty, attributability, suggestedLead, thirdCountries } = decision.criminal;
  const { headline, sentences } = explainDecision({
    decision,
    locale: reader.locale,
    timeZone: reader.timeZone,
  });
  const { country, list } = reader.formats;
  const countries = (codes: readonly string[]): string | null =>
    codes.length === 0 ? null : list(codes.map(country));
  return html`<section aria-labelledby="why">
    <h2 id="why">${say('why')}</h2>
    <p><strong>${headline}</strong></p>
    ${renderFacts([
      [say('certainty'), reader.code('certainty', certainty)],
      [
        say('attributability'),
        renderLines([
          reader.code('certainty', attributability.level),
          ...attributability.reasons.map((reason) => reader.code('reason', reason)),
        ]),
      ],
      [say('others'), renderAuthorities(view)],
      [say('lead'), suggestedLead.country === null ? say('none') : nameState(view, suggestedLead.country)],
      [say('informed'), renderInformed(view)],
      [say('thirdCountries'), countries(thirdCountries)],
      [say('coordinating'), countries(decision.regulatory.authorities)],
    ])}
    <ul>
      ${sentences.map((sentence) => html`<li>${sentence}</li>`)}
    </ul>
  </section>`;
}
