import type { Problem } from '@liaison/contracts';
import type { RetryCode } from '../submit/submitted.ts';
import { readProblem } from './problem.ts';
import type { Answered, Unreachable } from './transport.ts';

/** Nothing was decided; the same request is worth sending again. */
export interface NotNow {
  readonly kind: 'not-now';
  readonly code: RetryCode;
  /** What the hub asks to wait, milliseconds; null where it does not say. */
  readonly afterMs: number | null;
  readonly problem: Problem | null;
  readonly clockOffsetMs: number | null;
}

/** An answer after which nothing is known: cut, a quota, or a fault on the way or in the hub. */
type Undecided = Unreachable | (Answered & { readonly status: number });

/** Whether an answer leaves it open what became of the request (429, 5xx, none). */
export function isNotNow(answer: Answered | Unreachable): answer is Undecided {
  return answer.kind === 'unreachable' || answer.status === 429 || answer.status >= 500;
}

/** Why to try again, and when. */
export function toNotNow(answer: Undecided): NotNow {
  if (answer.kind === 'unreachable') {
    return { kind: 'not-now', code: 'unreachable', afterMs: null, problem: null, clockOffsetMs: null };
  }
  const { retryAfterMs, clockOffsetMs } = answer;
  return { kind: 'not-now', code: 'not-now', afterMs: retryAfterMs, problem: readProblem(answer), clockOffsetMs };
}
