import type { Referral } from '@liaison/contracts';
import { renderPage } from '@liaison/pages';
import { formatUtc } from '@liaison/service';
import type { Request, Response } from 'express';
import { openStored } from '../inbox/open-stored.ts';
import { dispatchIdOf, isUuid } from '../routes/get-dispatch.ts';
import { readAnswers } from '../store/answers.ts';
import { readHeld } from '../store/held-answers.ts';
import { findReferrals, markOpened } from '../store/inbox-list.ts';
import { readReveals } from '../store/reveals.ts';
import { renderDispatch } from './dispatch-page.ts';
import { toldCodes } from './dispatch-view.ts';
import { pageFrame } from './page-frame.ts';
import { readerOf, type PageDeps } from './reader.ts';

function namedReferrals({ links = [], relation }: Referral): string[] {
  const named = links.flatMap(({ namespace, value }) => (namespace === 'liaison' ? value : []));
  return [...named, ...(relation === undefined ? [] : [relation.reference])].filter(isUuid);
}

/** `GET /inbox/{dispatchId}`: one dispatch on one screen; from then on it is read. */
export function showDispatch(deps: PageDeps) {
  return async (req: Request, res: Response): Promise<void> => {
    const { database, clock, newId } = deps;
    const dispatchId = dispatchIdOf(req);
    const stored = await openStored(dispatchId, deps);
    const [answers, held, reveals, linked] = await Promise.all([
      readAnswers(database, dispatchId),
      readHeld(database, dispatchId),
      readReveals(database, dispatchId),
      findReferrals(database, namedReferrals(stored.referral)),
      markOpened(database, dispatchId, formatUtc(clock.nowMs())),
    ]);
    const reader = readerOf({ req, res }, deps);
    const told = toldCodes.find((code) => code === req.query['told']) ?? null;
    const { title, body } = renderDispatch(
      { ...stored, answers, held, reveals, linked, told, newId },
      reader,
    );
    res.type('html').send(renderPage({ ...pageFrame(reader, title), body }));
  };
}
