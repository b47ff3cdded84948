import type { NextFunction, Request, Response } from 'express';
import { ProblemError } from '../problem.ts';

const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Takes forms from our own pages alone. Without sign-in, a page elsewhere could have its reader's browser send them as if
 * they were meant (cross-site request forgery). A browser says where a request comes from in `Sec-Fetch-Site` and
 * `Origin`, and pages cannot alter either: each that is there has to name us, and one of them has to be there. Pages
 * whose forms are to pass need a `Referrer-Policy` that lets `Origin` be told (not `no-referrer`).
 * @throws ProblemError `origin-foreign`.
 */
export function refuseForeignOrigins(req: Request, _res: Response, next: NextFunction): void {
  if (!safeMethods.has(req.method)) {
    const site = req.get('sec-fetch-site');
    const origin = req.get('origin');
    const isOurs =
      (site !== undefined || origin !== undefined) &&
      (site === undefined || site === 'same-origin') &&
      (origin === undefined || origin === `${req.protocol}://${req.get('host') ?? ''}`);
    if (!isOurs) throw new ProblemError('origin-foreign');
  }
  next();
}
