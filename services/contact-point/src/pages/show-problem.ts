import { problems } from '@liaison/contracts';
import { html, renderPage } from '@liaison/pages';
import { ProblemError, requestIdOf } from '@liaison/service';
import type { NextFunction, Request, Response } from 'express';
import { pageFrame } from './page-frame.ts';
import { readerOf, type PageDeps } from './reader.ts';

/**
 * Answers a person's mistaken address or form with a page. What nobody foresaw, and what a program asked for, goes on to
 * the problem document.
 */
export function showProblem(deps: PageDeps) {
  // oxlint-disable-next-line max-params -- Express knows a handler of errors by its four parameters.
  return (error: unknown, req: Request, res: Response, next: NextFunction): void => {
    if (!(error instanceof ProblemError) || req.accepts('json', 'html') !== 'html' || res.headersSent) {
      next(error);
      return;
    }
    const reader = readerOf({ req, res }, deps);
    const title = reader.code('problem', error.code);
    const { status } = problems[error.code];
    const frame = { ...pageFrame(reader, title), address: `${reader.basePath}/inbox` };
    const body = html`<h1>${title}</h1>
      <p><span class="mono">${error.code}</span> · <span class="mono">${requestIdOf(res)}</span></p>
      <p><a class="button" href="${reader.basePath}/inbox">${frame.links[0]?.text}</a></p>`;
    if (error.parts.retryAfterSeconds !== undefined)
      res.set('Retry-After', String(error.parts.retryAfterSeconds));
    res
      .status(status)
      .type('html')
      .send(renderPage({ ...frame, body }));
  };
}
