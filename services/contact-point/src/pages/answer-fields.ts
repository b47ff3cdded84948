import { validateBody } from '@liaison/contracts';
import type { Answer } from '../answers/queue-answer.ts';
import { findUnsayable } from '../routes/answer-dispatch.ts';

/** The forms with which an officer answers, as their addresses name them. */
export const answerForms = ['acknowledge', 'decline', 'ask', 'outcome'] as const;
export type AnswerForm = (typeof answerForms)[number];

/** Fields at which something can be wrong; `form` is what no officer filled in. */
const fieldNames = [
  'caseNumber',
  'reason',
  'suggestedCompetent',
  'requested',
  'result',
  'assessment',
  'reasons',
  'released',
  'form',
] as const;
export type FieldName = (typeof fieldNames)[number];

/** Choices of the contract, in the order in which an officer needs them. */
export const choices = {
  reason: ['notCompetent', 'otherStateCompetent', 'alreadyKnown', 'notActionable'],
  requested: [
    'networkEvents',
    'ports',
    'identifiers',
    'evidenceReference',
    'preservation',
    'occurrence',
    'place',
    'other',
  ],
  result: ['investigationOpened', 'contributedToOngoing', 'otherAction', 'noAction'],
  assessment: ['illegal', 'notIllegal', 'notAssessed'],
  reasons: [
    'notIllegal',
    'insufficientInformation',
    'prescribed',
    'duplicate',
    'notInJurisdiction',
    'resources',
    'other',
  ],
} as const;

/** What a form said: an answer, or the fields at which it is wrong. */
export type ReadAnswer =
  | { readonly ok: true; readonly answer: Answer }
  | { readonly ok: false; readonly wrong: readonly FieldName[] };

function readContent(form: AnswerForm, input: URLSearchParams): object {
  const one = (name: string): string | undefined => input.get(name) ?? undefined;
  const all = (name: string): string[] => [...new Set(input.getAll(name).filter((value) => value !== ''))];
  switch (form) {
    case 'acknowledge':
      return { kind: 'acknowledged', caseNumber: (one('caseNumber') ?? '').trim() };
    case 'decline':
      return {
        kind: 'declined',
        reason: one('reason'),
        suggestedCompetent: all('suggestedCompetent'),
      };
    case 'ask':
      return { kind: 'informationRequested', requested: all('requested') };
    case 'outcome':
      return {
        kind: 'outcome',
        result: one('result'),
        assessment: one('assessment'),
        reasons: all('reasons'),
        released: input.has('released'),
        closed: input.has('closed'),
      };
    default:
      return form satisfies never;
  }
}

/** What the contract allows and means nothing: an officer is asked again. */
function findContradictions(answer: Answer): FieldName[] {
  const namesNobody = answer.kind === 'declined' && answer.suggestedCompetent.length === 0;
  if (namesNobody && answer.reason === 'otherStateCompetent') return ['suggestedCompetent'];
  if (answer.kind === 'outcome' && answer.released && answer.assessment !== 'notIllegal') return ['released'];
  return [];
}

/** Reads a form; the contract says what is wrong in it. */
export function readAnswer(form: AnswerForm, input: URLSearchParams): ReadAnswer {
  const content = { answerId: input.get('answerId') ?? undefined, ...readContent(form, input) };
  const read = validateBody('contact-point-api#Answer', content);
  const faults = read.ok ? findUnsayable(read.value) : read.faults;
  const wrong = faults.map(
    ({ pointer }) => fieldNames.find((name) => name === pointer.split('/')[1]) ?? 'form',
  );
  if (read.ok) wrong.push(...findContradictions(read.value));
  if (read.ok && wrong.length === 0) return { ok: true, answer: read.value };
  return { ok: false, wrong: fieldNames.filter((name) => wrong.includes(name)) };
}
