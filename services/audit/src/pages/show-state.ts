import { renderPage } from '@liaison/pages';
import type { Request, Response } from 'express';
import { keepFresh } from '../volumes/keep-fresh.ts';
import { readStateNow } from '../volumes/read-state-now.ts';
import { pageFrame, readerOf, type PageDeps } from './page-reader.ts';
import { renderState, titleOfState } from './state-view.ts';

/** `GET /`: the state of the exchange now; what is urgent and what fails come first. */
export function showState({ database, clock }: PageDeps) {
  const readState = keepFresh(async () => readStateNow(database, clock.nowMs()), clock);
  return async (req: Request, res: Response): Promise<void> => {
    const state = await readState();
    const reader = readerOf({ req, res }, clock);
    const frame = pageFrame(reader, titleOfState(reader), 'state');
    res.type('html').send(renderPage({ ...frame, body: renderState(state, reader) }));
  };
}
