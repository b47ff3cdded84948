import { addPageAssets, setPageHeaders } from '@liaison/pages';
import { readBody, refuseForeignOrigins, refuseOtherMethods } from '@liaison/service';
import { Router, type NextFunction, type Request, type Response } from 'express';
import { answerForms } from './answer-fields.ts';
import { showAnswerForm, takeAnswerForm } from './answer-dispatch.ts';
import { downloadDispatchCsv, downloadDispatchJson } from './download-dispatch.ts';
import { downloadInboxCsv, downloadInboxJson } from './download-inbox.ts';
import { formBytes, formType } from './form-body.ts';
import type { PageDeps } from './reader.ts';
import { takeReveal, takeWholeFile } from './reveal-address.ts';
import { showDispatch } from './show-dispatch.ts';
import { showInbox } from './show-inbox.ts';
import { showProblem } from './show-problem.ts';
import { takeUndo } from './undo-answer.ts';

/** Our own forms have to say where they come from; nobody else is told. */
function tellOwnOrigin(_req: Request, res: Response, next: NextFunction): void {
  res.set('Referrer-Policy', 'same-origin');
  next();
}

/** Adds the officer's inbox: pages that work without scripts, and forms that are taken from themselves alone. */
export function addInboxPages(router: Router, deps: PageDeps): void {
  const takeForm = readBody({ contentType: formType, limitBytes: formBytes });
  const get = refuseOtherMethods('GET');
  const post = refuseOtherMethods('POST');
  const pages = Router({ caseSensitive: true });
  pages.use(['/inbox', '/inbox.csv', '/inbox.json'], setPageHeaders, tellOwnOrigin, refuseForeignOrigins);
  pages.route('/inbox').get(showInbox(deps)).all(get);
  pages.route('/inbox.csv').get(downloadInboxCsv(deps)).all(get);
  pages.route('/inbox.json').get(downloadInboxJson(deps)).all(get);
  pages.route('/inbox/:dispatchId').get(showDispatch(deps)).all(get);
  pages.route('/inbox/:dispatchId/dispatch.json').get(downloadDispatchJson(deps)).all(get);
  pages.route('/inbox/:dispatchId/dispatch.csv').get(downloadDispatchCsv(deps)).all(get);
  pages.route('/inbox/:dispatchId/reveal').post(takeForm, takeReveal(deps)).all(post);
  pages.route('/inbox/:dispatchId/whole.json').post(takeForm, takeWholeFile(deps)).all(post);
  pages.route('/inbox/:dispatchId/undo').post(takeForm, takeUndo(deps)).all(post);
  for (const form of answerForms) {
    pages
      .route(`/inbox/:dispatchId/${form}`)
      .get(showAnswerForm(form, deps))
      .post(takeForm, takeAnswerForm(form, deps))
      .all(refuseOtherMethods('GET', 'POST'));
  }
  pages.use(showProblem(deps));
  addPageAssets(router);
  router.use(pages);
}
