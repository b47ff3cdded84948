import { html, type Markup } from '@liaison/pages';

/** What stands beside a name; null leaves it out. */
export type Fact = readonly [name: string, value: unknown];

/** Names and values. */
export function renderFacts(facts: readonly Fact[]): Markup {
  return html`<dl class="facts">
    ${facts
      .filter(([, value]) => value !== null)
      .map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
  </dl>`;
}

/** Figures as cards. */
export function renderCards(cards: readonly Fact[]): Markup {
  return html`<dl class="cards">
    ${cards.map(
      ([name, value]) =>
        html`<div class="card">
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}
