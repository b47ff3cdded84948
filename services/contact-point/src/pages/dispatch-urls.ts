import { html, type Markup } from '@liaison/pages';
import { revealPurposes } from '../store/reveals.ts';
import type { DispatchView } from './dispatch-view.ts';
import { renderLines } from './facts.ts';

/** A form that asks for an address, or for all of them in a file; nothing is shown without a purpose. */
export function renderPurposeForm(
  { href, sayReveal, newId }: DispatchView,
  asked: { readonly pointer: string; readonly action: string; readonly button: string },
): Markup {
  const id = `purpose${asked.pointer.replaceAll('/', '-')}`;
  return html`<form class="actions no-print" method="post" action="${href}/${asked.action}">
    <input type="hidden" name="revealId" value=${newId()} />
    <input type="hidden" name="pointer" value=${asked.pointer} />
    <p>
      <label for=${id}>${sayReveal('purpose')}</label>
      <select id=${id} name="purpose" required>
        <option value="">${sayReveal('choosePurpose')}</option>
        ${revealPurposes.map(
          (purpose) => html`<option value=${purpose}>${sayReveal(`purpose.${purpose}`)}</option>`,
        )}
      </select>
    </p>
    <button type="submit" class="quiet">${asked.button}</button>
  </form>`;
}

/** Addresses of a hotline: everything about them but themselves. */
export function renderUrls(view: DispatchView): Markup | null {
  const { referral, reader, sayReveal, reveals } = view;
  const { urls } = referral;
  if (urls === undefined) return null;
  return html`<section aria-labelledby="urls">
    <h2 id="urls">${sayReveal('urls')}</h2>
    <p>${sayReveal('urlsNote')}</p>
    <ol>
      ${urls.map(
        (url, index) =>
          html`<li>
            ${renderLines([
              [
                url.state === undefined ? null : reader.code('urlState', url.state),
                `${sayReveal('checked')}${reader.colon}${reader.formats.moment(url.checkedAt)}`,
                url.assessment === undefined
                  ? null
                  : `${sayReveal('assessment')}${reader.colon}${reader.code('urlAssessment', url.assessment)}`,
              ]
                .filter((one) => one !== null)
                .join('. '),
              [
                `${sayReveal('hosting')}${reader.colon}${reader.code('hostingBasis', url.hostingBasis)}`,
                url.hostingCountry === undefined ? null : reader.formats.country(url.hostingCountry),
                url.ipAddress,
                url.asn === undefined ? null : `AS${url.asn}`,
                url.cdnFronted === undefined
                  ? null
                  : sayReveal('cdn', { answer: reader.code('answer3', url.cdnFronted) }),
              ]
                .filter((one) => one !== null && one !== undefined)
                .join(', '),
              url.noticeSentAt === undefined
                ? null
                : sayReveal('notice', { at: reader.formats.moment(url.noticeSentAt) }),
            ])}
            ${renderPurposeForm(view, {
              pointer: `/urls/${index}/url`,
              action: 'reveal',
              button: sayReveal('reveal', { number: index + 1 }),
            })}
          </li>`,
      )}
    </ol>
    ${
      reveals.length > 0 &&
      html`<h3>${sayReveal('reveals')}</h3>
        <ul>
          ${reveals.map(
            ({ at, pointer, purpose }) =>
              html`<li>
                ${reader.moment(at)}${reader.colon}<span class="mono">${pointer}</span>,
                ${sayReveal(`purpose.${purpose}`)}
              </li>`,
          )}
        </ul>`
    }
  </section>`;
}
