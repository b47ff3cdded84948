import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { ProblemError } from '../problem.ts';

function refuseOtherTypes(contentType: string) {
  return (req: Request, _res: Response, next: NextFunction): void => {
    // `is` answers null where there is no body at all.
    const matches = req.is(contentType);
    if (matches === null) throw new ProblemError('body-empty');
    if (matches === false)
      throw new ProblemError('content-type-not-supported', { detail: `Send ${contentType}.` });
    next();
  };
}

/**
 * Reads the body of one content type as bytes, uncompressed and bounded; see `bodyOf`.
 * @param options `limitBytes`: a larger body is refused with `body-too-large`, as soon as its length is announced.
 */
export function readBody(options: {
  readonly contentType: string;
  readonly limitBytes: number;
}): RequestHandler[] {
  return [
    refuseOtherTypes(options.contentType),
    express.raw({ type: () => true, limit: options.limitBytes, inflate: false }),
  ];
}

/** The bytes that `readBody` read. @throws ProblemError `body-empty`. */
export function bodyOf(req: Request): Uint8Array {
  const body: unknown = req.body;
  if (!(body instanceof Uint8Array) || body.length === 0) throw new ProblemError('body-empty');
  return body;
}

/** The body as JSON of unknown shape. @throws ProblemError `body-empty`, `body-not-json`. */
export function jsonBodyOf(req: Request): unknown {
  const bytes = bodyOf(req);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new ProblemError('body-not-json', {}, { cause: error });
  }
}
