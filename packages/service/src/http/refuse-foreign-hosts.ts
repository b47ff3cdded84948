import { ProblemError } from '../problem.ts';
import type { NextFunction, Request, Response } from 'express';

const loopbackName = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i;

/**
 * Serves requests for loopback's own names alone. Without sign-in, a page elsewhere could let its own name point to
 * loopback (DNS rebinding) and read what answers there as if it were its own.
 */
export function refuseForeignHosts(req: Request, _res: Response, next: NextFunction): void {
  if (!loopbackName.test(req.hostname)) throw new ProblemError('path-unknown');
  next();
}
