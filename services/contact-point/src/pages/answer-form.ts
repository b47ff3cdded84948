import { createWords, html, type CodeGroup, type Markup, type Words } from '@liaison/pages';
import { choices, type AnswerForm, type FieldName } from './answer-fields.ts';
import { answerWords } from './answer-words.ts';
import type { Reader } from './reader.ts';

/** What a form shows. */
export interface FormView {
  readonly form: AnswerForm;
  readonly reader: Reader;
  readonly say: Words<keyof (typeof answerWords)['en']>;
  /** What was filled in, ids of the form included. */
  readonly input: URLSearchParams;
  readonly wrong: readonly FieldName[];
  /** Address of the dispatch. */
  readonly href: string;
  readonly providerReference: string;
  readonly senderId: string;
  /** States that the hub has sent it to. */
  readonly addressees: readonly string[];
}

/** Words of the forms in the reader's language. */
export function answerSay(reader: Reader): FormView['say'] {
  return createWords(answerWords, reader.locale);
}

function renderError({ say, wrong }: FormView, field: FieldName): Markup | null {
  if (!wrong.includes(field)) return null;
  return html`<p id="${field}-error"><strong>${say(`error.${field}`)}</strong></p>`;
}

function describedBy({ wrong }: FormView, field: FieldName, hint: boolean): string | undefined {
  const ids = [hint && `${field}-hint`, wrong.includes(field) && `${field}-error`].filter(Boolean);
  return ids.length === 0 ? undefined : ids.join(' ');
}

/** One of several, or several of them. */
function renderChoice(
  view: FormView,
  asked: {
    readonly field: 'reason' | 'requested' | 'result' | 'assessment' | 'reasons';
    readonly group: CodeGroup;
    readonly type: 'radio' | 'checkbox';
    readonly hint?: string;
  },
): Markup {
  const { field, group, type, hint } = asked;
  const chosen = view.input.getAll(field);
  return html`<fieldset
    id=${field}
    tabindex="-1"
    aria-describedby=${describedBy(view, field, hint !== undefined)}
  >
    <legend>${view.say(field)}</legend>
    ${hint !== undefined && html`<p id="${field}-hint"><small>${hint}</small></p>`}
    ${renderError(view, field)}
    ${choices[field].map(
      (code) =>
        html`<label>
          <input
            type=${type}
            name=${field}
            value=${code}
            checked=${chosen.includes(code)}
            aria-invalid=${view.wrong.includes(field) ? 'true' : undefined}
          />
          ${view.reader.code(group, code)}
        </label>`,
    )}
  </fieldset>`;
}

function renderStates(view: FormView): Markup {
  const { reader, say, input, addressees } = view;
  const states = (reader.directory?.document.participants ?? [])
    .filter(({ id, kind }) => kind === 'lawEnforcement' && id !== reader.selfId)
    .flatMap(({ country }) => country ?? [])
    .map((country) => ({ country, name: reader.formats.country(country) }))
    .sort((left, right) => left.name.localeCompare(right.name, reader.locale));
  const chosen = input.getAll('suggestedCompetent');
  const select = (index: number, empty: string): Markup =>
    html`<select
      id=${index === 0 ? 'suggestedCompetent' : 'suggestedCompetent-2'}
      name="suggestedCompetent"
      aria-describedby=${index === 0 ? describedBy(view, 'suggestedCompetent', true) : undefined}
      aria-invalid=${index === 0 && view.wrong.includes('suggestedCompetent') ? 'true' : undefined}
    >
      <option value="">${empty}</option>
      ${states.map(
        ({ country, name }) =>
          html`<option value=${country} selected=${chosen[index] === country}>
            ${addressees.includes(country) ? say('isAddressee', { state: name }) : name}
          </option>`,
      )}
    </select>`;
  return html`<fieldset>
    <legend>${say('competent')}</legend>
    <p id="suggestedCompetent-hint"><small>${say('competentHint')}</small></p>
    ${renderError(view, 'suggestedCompetent')}
    <p><label for="suggestedCompetent">${say('competentFirst')}</label> ${select(0, say('leaveToHub'))}</p>
    <p><label for="suggestedCompetent-2">${say('competentSecond')}</label> ${select(1, say('noSecond'))}</p>
  </fieldset>`;
}

function renderTick(view: FormView, field: 'released' | 'closed'): Markup {
  const isWrong = field === 'released' && view.wrong.includes(field);
  return html`<label>
    <input
      id=${field}
      type="checkbox"
      name=${field}
      value="yes"
      checked=${view.input.has(field)}
      aria-invalid=${isWrong ? 'true' : undefined}
      aria-describedby=${isWrong ? `${field}-error` : undefined}
    />
    ${view.say(field)}
  </label>`;
}

function renderFields(view: FormView): Markup {
  const { form, say, input } = view;
  switch (form) {
    case 'acknowledge':
      return html`<fieldset>
        <legend class="visually-hidden">${say('acknowledge')}</legend>
        <label for="caseNumber">${say('caseNumber')}</label>
        <p id="caseNumber-hint"><small>${say('caseNumberHint')}</small></p>
        ${renderError(view, 'caseNumber')}
        <input
          id="caseNumber"
          name="caseNumber"
          value=${input.get('caseNumber') ?? ''}
          maxlength="64"
          autocomplete="off"
          autofocus
          aria-describedby=${describedBy(view, 'caseNumber', true)}
          aria-invalid=${view.wrong.includes('caseNumber') ? 'true' : undefined}
        />
      </fieldset>`;
    case 'decline':
      return html`${renderChoice(view, { field: 'reason', group: 'declineReason', type: 'radio' })}
      ${renderStates(view)}`;
    case 'ask':
      return renderChoice(view, {
        field: 'requested',
        group: 'requestedInformation',
        type: 'checkbox',
        hint: say('requestedHint'),
      });
    case 'outcome':
      return html`${renderChoice(view, { field: 'result', group: 'outcomeResult', type: 'radio' })}
        ${renderChoice(view, { field: 'assessment', group: 'assessment', type: 'radio' })}
        ${renderChoice(view, {
          field: 'reasons',
          group: 'outcomeReason',
          type: 'checkbox',
          hint: say('reasonsHint'),
        })}
        <fieldset>
          <legend>${say('closedLabel')}</legend>
          ${renderError(view, 'released')} ${renderTick(view, 'closed')} ${renderTick(view, 'released')}
        </fieldset>`;
    default:
      return form satisfies never;
  }
}

function renderErrors({ say, wrong }: FormView): Markup | null {
  if (wrong.length === 0) return null;
  return html`<div class="notice" role="alert" tabindex="-1" id="errors" autofocus>
    <h2>${say('errors')}</h2>
    <ul>
      ${wrong.map((field) =>
        field === 'form'
          ? html`<li>${say('error.form')}</li>`
          : html`<li><a href="#${field}">${say(`error.${field}`)}</a></li>`,
      )}
    </ul>
  </div>`;
}

/** A form: content of `main`. */
export function renderAnswerForm(view: FormView): Markup {
  const { form, reader, say, input, href, providerReference, senderId } = view;
  const sender = reader.nameOf(senderId);
  return html`<h1>${say(form)}</h1>
    <p>${say('about', { reference: providerReference, sender })}</p>
    ${renderErrors(view)}
    <form method="post" action="${href}/${form}" novalidate>
      <input type="hidden" name="answerId" value=${input.get('answerId')} />
      <input type="hidden" name="seen" value=${input.get('seen')} />
      ${renderFields(view)}
      <p class="actions">
        <button type="submit" name="step" value="check">${say('check')}</button>
        <a class="button quiet" href=${href}>${say('back')}</a>
      </p>
    </form>`;
}
