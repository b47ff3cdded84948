import * as alarms from './codes/alarm-words.ts';
import * as answers from './codes/answer-words.ts';
import type { CodeWords } from './codes/code-words.ts';
import * as decisions from './codes/decision-words.ts';
import * as exchange from './codes/exchange-words.ts';
import { fault } from './codes/fault-words.ts';
import * as findings from './codes/finding-words.ts';
import { reason } from './codes/reason-words.ts';
import * as referrals from './codes/referral-words.ts';
import { problem, refusal } from './codes/refusal-words.ts';
import type { Locale } from './locale.ts';
import { setSpaces } from './words.ts';

const words = {
  ...alarms,
  ...answers,
  ...decisions,
  ...exchange,
  ...findings,
  ...referrals,
  fault,
  problem,
  reason,
  refusal,
  /** `facts.kind` of a ledger event: what was sent, decided, due or registered. */
  eventKind: {
    ...exchange.participantKind,
    ...exchange.keyUse,
    ...decisions.decisionOutcome,
    ...decisions.noticeGround,
    ...alarms.deadline,
    ...answers.answerKind,
    ...referrals.referralKind,
    ...exchange.dispatchKind,
  },
  /** `facts.state` of a ledger event. */
  eventState: { ...exchange.dispatchState, ...alarms.recordedState, ...exchange.referralState },
  /** `facts.codes` of a ledger event: reasons of every kind. */
  eventCode: { ...fault, ...problem, ...refusal, ...decisions.rule, ...reason, ...alarms.escalation },
} as const satisfies Readonly<Record<string, CodeWords>>;

/** What a code is a code of: `dispatchState`, `certainty`, `circumstance`. */
export type CodeGroup = keyof typeof words;

/** Names of all groups. */
export const codeGroups = Object.keys(words) as readonly CodeGroup[];

/** Codes of a group that have words. */
export function codesOf(group: CodeGroup): readonly string[] {
  return Object.keys(words[group]);
}

/**
 * Puts a code into words, as a label with a capital letter. A code that came over the wire and that this version does not
 * know is shown as it is.
 */
export function describeCode(locale: Locale, group: CodeGroup, code: string): string {
  const known: CodeWords = words[group];
  const text = Object.hasOwn(known, code) ? known[code]?.[locale] : undefined;
  return text === undefined ? code : setSpaces(locale, text);
}
