import { problems, type Fault, type Problem, type ProblemCode } from '@liaison/contracts';
import { CodedError } from './coded-error.ts';

/** What a problem says beyond its code. */
export interface ProblemParts {
  readonly detail?: string;
  readonly faults?: readonly Fault[];
  readonly existing?: { readonly referralId: string };
  /** Seconds after which to try again. */
  readonly retryAfterSeconds?: number;
}

/** Thrown by a request handler to answer with a problem. */
export class ProblemError extends CodedError<ProblemCode> {
  readonly parts: ProblemParts;

  constructor(code: ProblemCode, parts: ProblemParts = {}, options?: { readonly cause?: unknown }) {
    super(code, problems[code].title, options);
    this.parts = parts;
  }
}

/** Which request failed. */
export interface RequestPlace {
  readonly instance?: string;
  readonly requestId?: string;
}

/** The document of a problem (RFC 9457): type, status and title come from the contract's table alone. */
export function toProblem(code: ProblemCode, parts: ProblemParts, place: RequestPlace = {}): Problem {
  const { status, title } = problems[code];
  return {
    type: `https://liaison.example/problems/${code}`,
    title,
    status,
    code,
    ...(parts.detail === undefined ? {} : { detail: parts.detail }),
    ...(place.instance === undefined ? {} : { instance: place.instance }),
    ...(place.requestId === undefined ? {} : { requestId: place.requestId }),
    ...(parts.existing === undefined ? {} : { existing: parts.existing }),
    ...(parts.faults === undefined ? {} : { faults: parts.faults }),
  };
}
