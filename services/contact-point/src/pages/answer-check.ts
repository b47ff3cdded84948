import { html, type Markup } from '@liaison/pages';
import type { Answer } from '../answers/queue-answer.ts';
import type { FormView } from './answer-form.ts';
import { renderFacts, type Fact } from './facts.ts';

function describe({ reader, say }: FormView, answer: Answer): Fact[] {
  const yesOrNo = (value: boolean): string => (value ? say('yes') : say('no'));
  const kind: Fact = [say('kind'), reader.code('answerKind', answer.kind)];
  switch (answer.kind) {
    case 'acknowledged':
      return [kind, [say('caseNumber'), html`<strong class="mono">${answer.caseNumber}</strong>`]];
    case 'declined': {
      const states = answer.suggestedCompetent.map(reader.formats.country);
      return [
        kind,
        [say('reason'), reader.code('declineReason', answer.reason)],
        [say('competent'), states.length === 0 ? say('leaveToHub') : reader.formats.list(states)],
      ];
    }
    case 'informationRequested':
      return [kind, [say('requested'), reader.codes('requestedInformation', answer.requested)]];
    case 'outcome':
      return [
        kind,
        [say('result'), reader.code('outcomeResult', answer.result)],
        [say('assessment'), reader.code('assessment', answer.assessment)],
        [say('reasons'), reader.codes('outcomeReason', answer.reasons)],
        [say('closed'), yesOrNo(answer.closed)],
        [say('released'), yesOrNo(answer.released)],
      ];
    case 'userNoticeHold':
    case 'noRemovalHold':
      return [kind];
    default:
      return answer satisfies never;
  }
}

/** Exactly what is about to be sent: content of `main`. */
export function renderAnswerCheck(view: FormView, answer: Answer): Markup {
  const { form, reader, say, input, href, providerReference, senderId } = view;
  const { answerId: _ours, ...content } = answer;
  const kept = [...input].filter(([name]) => name !== 'step');
  return html`<h1>${say('checkTitle')}${reader.colon}${say(form)}</h1>
    <p>${say('about', { reference: providerReference, sender: reader.nameOf(senderId) })}</p>
    <p>${say('checkText', { authority: reader.place })}</p>
    ${renderFacts(describe(view, answer))}
    <details>
      <summary>${say('exact')}</summary>
      <pre tabindex="0"><code>${JSON.stringify(content, null, 2)}</code></pre>
    </details>
    <form method="post" action="${href}/${form}">
      ${kept.map(([name, value]) => html`<input type="hidden" name=${name} value=${value} />`)}
      <p class="actions">
        <button type="submit" name="step" value="send" autofocus>${say('send')}</button>
        <button type="submit" name="step" value="change" class="quiet">${say('change')}</button>
        <a class="button quiet" href=${href}>${say('back')}</a>
      </p>
    </form>`;
}
