import { addPageAssets, setPageHeaders } from '@liaison/pages';
import { ProblemError, refuseOtherMethods } from '@liaison/service';
import { Router, type Express } from 'express';
import { checkProofPath, serveCheckProof } from './check-proof-script.ts';
import type { PageDeps } from './page-reader.ts';
import { showProblem } from './show-problem.ts';
import { showReferral } from './show-referral.ts';
import { showSearch } from './show-search.ts';
import { showState } from './show-state.ts';

/** Adds the dashboard: pages that work without scripts. They come last, since they answer for unknown addresses too. */
export function addDashboardPages(app: Express, deps: PageDeps): void {
  const pages = Router({ caseSensitive: true });
  pages.use(setPageHeaders);
  addPageAssets(pages);
  const routes = {
    '/': showState(deps),
    '/search': showSearch(deps),
    '/referrals/:referralId': showReferral(deps),
    [checkProofPath]: serveCheckProof(),
  };
  for (const [path, handler] of Object.entries(routes)) {
    pages.route(path).get(handler).all(refuseOtherMethods('GET'));
  }
  pages.use(() => {
    throw new ProblemError('path-unknown');
  });
  pages.use(showProblem(deps.clock));
  app.use(pages);
}
