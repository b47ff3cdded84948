import { problems, type ProblemCode } from '@liaison/contracts';
import type { Response } from 'express';
import { codesOf } from '../coded-error.ts';
import type { Log } from '../log.ts';
import { ProblemError, toProblem, type ProblemParts } from '../problem.ts';

/** What the reader of request bodies says of a body that it could not read. */
const problemOfBodyError: Readonly<Record<string, ProblemCode>> = {
  'entity.too.large': 'body-too-large',
  'entity.parse.failed': 'body-not-json',
  'encoding.unsupported': 'content-encoding-not-supported',
  'charset.unsupported': 'content-type-not-supported',
  'request.aborted': 'body-unreadable',
  'request.size.invalid': 'body-unreadable',
};

function problemOf(error: unknown): { code: ProblemCode; parts: ProblemParts } {
  if (error instanceof ProblemError) return { code: error.code, parts: error.parts };
  if (typeof error === 'object' && error !== null) {
    const { type, kind } = error as { type?: unknown; kind?: unknown };
    const ofBody = typeof type === 'string' ? problemOfBodyError[type] : undefined;
    if (ofBody !== undefined) return { code: ofBody, parts: {} };
    // What a database cannot do now is nobody's fault: the retry table says so by the kind of its error.
    if (kind === 'retry' || kind === 'disk-full') {
      return { code: 'not-ready', parts: { retryAfterSeconds: 1 } };
    }
  }
  if (error instanceof URIError) return { code: 'parameter-invalid', parts: {} };
  return { code: 'internal-error', parts: {} };
}

/**
 * Answers with the problem document for whatever a handler threw; what nobody foresaw becomes `internal-error` without
 * detail, and its codes go to the log.
 */
export function answerWithProblem(
  error: unknown,
  { res, log }: { readonly res: Response; readonly log: Log },
): void {
  const { code, parts } = problemOf(error);
  const requestId = res.getHeader('X-Request-Id');
  // Not the path: a caller may have put anything into it, and answers are logged elsewhere.
  const place = typeof requestId === 'string' ? { requestId, instance: `urn:uuid:${requestId}` } : {};
  const { status } = problems[code];
  if (status >= 500)
    log.error('request-failed', {
      ...(place.requestId && { requestId: place.requestId }),
      code,
      codes: codesOf(error),
    });
  if (res.headersSent) {
    res.destroy();
    return;
  }
  if (parts.retryAfterSeconds !== undefined) res.set('Retry-After', String(parts.retryAfterSeconds));
  if (status === 401) res.set('WWW-Authenticate', 'Bearer');
  res
    .status(status)
    .set('Content-Type', 'application/problem+json')
    .send(Buffer.from(JSON.stringify(toProblem(code, parts, place))));
}
