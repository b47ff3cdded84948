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

/**
 * Takes apart answers that decide something and those that leave it open what became of the request: none, a quota, or a
 * fault on the way or in the hub (429, 5xx).
 */
export function settle(answer: Answered | Unreachable): Answered | NotNow {
  if (answer.kind === 'unreachable') {
    return { kind: 'not-now', code: 'unreachable', afterMs: null, problem: null, clockOffsetMs: null };
  }
  const { status, retryAfterMs: afterMs, clockOffsetMs } = answer;
  if (status !== 429 && status < 500) return answer;
  return { kind: 'not-now', code: 'not-now', afterMs, problem: readProblem(answer), clockOffsetMs };
}
