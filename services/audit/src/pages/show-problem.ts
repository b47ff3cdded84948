import { problems } from '@liaison/contracts';
import { createWords, html, renderPage } from '@liaison/pages';
import { ProblemError, requestIdOf, type Clock } from '@liaison/service';
import type { NextFunction, Request, Response } from 'express';
import { pageFrame, readerOf } from './page-reader.ts';
import { renderSearchForm } from './search-form.ts';
import { frameWords } from './words-frame.ts';

/** Answers a person's mistaken address with a page; what a program asked for, and faults, go on to the problem document. */
export function showProblem(clock: Clock) {
  // oxlint-disable-next-line max-params -- Express knows a handler of errors by its four parameters.
  return (error: unknown, req: Request, res: Response, next: NextFunction): void => {
    if (!(error instanceof ProblemError) || req.accepts('json', 'html') !== 'html' || res.headersSent) {
      next(error);
      return;
    }
    // The address is somebody's mistake: links to the other language lead back to the state.
    const reader = { ...readerOf({ req, res }, clock), address: '/' };
    const say = createWords(frameWords, reader.locale);
    const title = reader.code('problem', error.code);
    const body = html`<h1>${title}</h1>
      <p><span class="mono">${error.code}</span> · <span class="mono">${requestIdOf(res)}</span></p>
      ${renderSearchForm(reader)}
      <p><a href="/">${say('toState')}</a></p>`;
    res
      .status(problems[error.code].status)
      .type('html')
      .send(renderPage({ ...pageFrame(reader, title, null), body }));
  };
}
