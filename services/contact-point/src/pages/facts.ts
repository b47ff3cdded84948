import { html, type Markup } from '@liaison/pages';

/** What stands beside a name; null leaves the row out. */
export type Fact = readonly [name: string, value: unknown];

/** A list of facts; rows without a value are left out. */
export function renderFacts(facts: readonly Fact[]): Markup {
  const told = facts.filter(([, value]) => value !== null && value !== undefined && value !== '');
  return html`<dl class="facts">
    ${told.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

/** A table that scrolls within itself. */
export function renderTable(table: {
  readonly caption: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}): Markup {
  const { caption, heads, rows } = table;
  return html`<div class="table-wrap" tabindex="0" role="region" aria-label=${caption}>
    <table>
      <caption class="visually-hidden">
        ${caption}
      </caption>
      <thead>
        <tr>
          ${heads.map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (cells) =>
            html`<tr>
              ${cells.map((cell) => html`<td>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** Pieces one under the other; what is null is left out. */
export function renderLines(pieces: readonly unknown[]): Markup {
  const told = pieces.filter((piece) => piece !== null && piece !== undefined && piece !== '');
  return html`${told.map((piece, index) => (index === 0 ? html`${piece}` : html`<br />${piece}`))}`;
}
