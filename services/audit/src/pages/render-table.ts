import { html, type Markup } from '@liaison/pages';

/** A column: `number` is set to the right. */
export interface Column {
  readonly head: string;
  readonly isNumber?: boolean;
}

/** A table that scrolls within itself; the first cell of a row is its head. */
export function renderTable(table: {
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly { readonly id?: string; readonly cells: readonly unknown[] }[];
}): Markup {
  const { caption, columns, rows } = table;
  const classOf = (index: number): string | undefined =>
    columns[index]?.isNumber === true ? 'number' : undefined;
  return html`<div class="table-wrap" tabindex="0" role="region" aria-label=${caption}>
    <table>
      <caption class="visually-hidden">
        ${caption}
      </caption>
      <thead>
        <tr>
          ${columns.map(({ head }, index) => html`<th scope="col" class=${classOf(index)}>${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ id, cells: [head, ...cells] }) =>
            html`<tr id=${id}>
              <th scope="row">${head}</th>
              ${cells.map((cell, index) => html`<td class=${classOf(index + 1)}>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
