import { renderPage } from '@liaison/pages';
import type { Request, Response } from 'express';
import { writeCursor } from '../routes/inbox-cursor.ts';
import { countInbox, readInboxLines } from '../store/inbox-list.ts';
import { downloadSize } from './download-inbox.ts';
import { readInboxAddress } from './inbox-address.ts';
import { renderInbox } from './inbox-page.ts';
import { pageFrame } from './page-frame.ts';
import { readerOf, type PageDeps } from './reader.ts';

const pageSize = 50;

/** `GET /inbox`: what came in, urgent first. */
export function showInbox(deps: PageDeps) {
  return async (req: Request, res: Response): Promise<void> => {
    const { filter, after } = readInboxAddress(req.query);
    const [lines, figures] = await Promise.all([
      readInboxLines(deps.database, { filter, after, limit: pageSize }),
      countInbox(deps.database, filter),
    ]);
    const last = lines.length === pageSize ? lines.at(-1) : undefined;
    const next = last === undefined ? null : writeCursor(last);
    const reader = readerOf({ req, res }, deps);
    const body = renderInbox(reader, {
      filter,
      lines,
      figures,
      next,
      isFirstPage: after === null,
      pageSize,
      downloadSize,
    });
    res.type('html').send(renderPage({ ...pageFrame(reader, 'inbox'), body }));
  };
}
