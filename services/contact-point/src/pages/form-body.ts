import { bodyOf, ProblemError } from '@liaison/service';
import type { Request } from 'express';

/** Most bytes of a form; the largest has a hundred hidden characters and two hundred of an officer. */
export const formBytes = 16 * 1024;

/** The type that a browser gives a form. */
export const formType = 'application/x-www-form-urlencoded';

/** The fields of a form. @throws ProblemError `body-empty`, `body-unreadable`. */
export function formOf(req: Request): URLSearchParams {
  const bytes = bodyOf(req);
  try {
    return new URLSearchParams(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new ProblemError('body-unreadable', {}, { cause: error });
  }
}
