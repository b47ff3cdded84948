import type { Answer } from './answers/open-answers.ts';

/** Counts a code of a message that did not hold, and whom it is from. */
export type CountSignatureFailure = (code: string, participantId: string | null) => void;

/** Counts what did not hold of the answers of a batch; who may write to their topic is whom they are from. */
export function countRefusedAnswers(answers: readonly Answer[], count: CountSignatureFailure): void {
  for (const answer of answers) {
    switch (answer.kind) {
      case 'receipt':
        break;
      case 'refused':
      case 'unopened':
        count(answer.code, answer.from);
        break;
      case 'parcel':
        for (const message of answer.messages)
          if (message.kind === 'refused') count(message.code, answer.from);
        break;
      default:
        answer satisfies never;
    }
  }
}
