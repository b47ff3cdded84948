import type { Submitted } from '../submit/submitted.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';

/** What can become of a referral that was given to `submit`; `skipped`: its receipt was there before. */
type OutcomeKind = Submitted['kind'] | 'skipped';

const words: readonly (readonly [OutcomeKind, string])[] = [
  ['accepted', 'accepted'],
  ['acceptedBefore', 'accepted before'],
  ['skipped', 'skipped (their receipts are here)'],
  ['refused', 'refused'],
  ['receiptRejected', 'not proven'],
  ['retry', 'not known'],
];

/** Counts what became of referrals: thousands of results are not kept for their sum. */
export interface SubmissionTally {
  add(kind: OutcomeKind): void;
  /** What is left, where it is known how many there are. */
  notSent(total: number | null): number | null;
  toJson(total: number | null): object;
  toText(total: number | null): string;
  /** A refusal needs a person, so it counts more than what only has to be tried again. */
  exitCode(): ExitCode;
}

/** Makes a tally. */
export function createSubmissionTally(): SubmissionTally {
  const counts = new Map<OutcomeKind, number>();
  const countOf = (kind: OutcomeKind): number => counts.get(kind) ?? 0;
  const notSent = (total: number | null): number | null =>
    total === null ? null : Math.max(0, total - words.reduce((sum, [kind]) => sum + countOf(kind), 0));
  return {
    add: (kind) => void counts.set(kind, countOf(kind) + 1),
    notSent,
    toJson: (total) => ({
      kind: 'summary',
      ...Object.fromEntries(words.map(([kind]) => [kind, countOf(kind)])),
      notSent: notSent(total),
    }),
    toText(total) {
      const parts = words.flatMap(([kind, word]) =>
        countOf(kind) === 0 ? [] : [`${countOf(kind)} ${word}`],
      );
      const left = notSent(total) ?? 0;
      return [...parts, ...(left === 0 ? [] : [`${left} not sent`])].join(', ');
    },
    exitCode() {
      if (countOf('refused') > 0 || countOf('receiptRejected') > 0) return exitCodes.refused;
      return countOf('retry') > 0 ? exitCodes.unreachable : exitCodes.done;
    },
  };
}
