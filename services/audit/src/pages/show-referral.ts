import { renderPage } from '@liaison/pages';
import { ProblemError } from '@liaison/service';
import type { Request, Response } from 'express';
import { readReferral } from '../timelines/read-referral.ts';
import { checkProofPath } from './check-proof-script.ts';
import { pageFrame, readerOf, type PageDeps } from './page-reader.ts';
import { renderReferral, titleOfReferral } from './referral-view.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** `GET /referrals/{referralId}`: one referral's way, with its proofs. @throws ProblemError `referral-unknown`. */
export function showReferral(deps: PageDeps) {
  return async (req: Request, res: Response): Promise<void> => {
    const id = req.params['referralId'];
    const shown = typeof id === 'string' && uuid.test(id) ? await readReferral(id, deps) : null;
    if (shown === null) throw new ProblemError('referral-unknown');
    const reader = readerOf({ req, res }, deps.clock);
    res.type('html').send(
      renderPage({
        ...pageFrame(reader, titleOfReferral(shown, reader), null),
        scripts: [checkProofPath],
        body: renderReferral(shown, reader),
      }),
    );
  };
}
