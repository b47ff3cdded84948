import { addressesOf, type RunningLocal } from '@liaison/local';
import { contactPointIdOf } from '@liaison/testkit';
import type { InboxEntry, Seeded } from './seed-liaison.ts';

/** A page to photograph. */
export interface PageToShow {
  readonly name: string;
  readonly url: string;
  /** What it has to answer; 200 where absent. */
  readonly status?: number;
  /** A library's page: how accessible it is, is not in our hands. */
  readonly isForeign?: boolean;
}

const unknownId = '01930000-0000-7000-8000-000000000000';

function dispatchPages(inbox: string, named: Readonly<Record<string, InboxEntry | undefined>>): PageToShow[] {
  return Object.entries(named).flatMap(([name, entry]) =>
    entry === undefined ? [] : [{ name, url: `${inbox}/${entry.dispatchId}` }],
  );
}

/** The pages that somebody would open first: everything else is linked from them. */
export function startPagesOf(
  { ports }: RunningLocal,
  { belgian, europol, sharedReference }: Seeded,
): PageToShow[] {
  const { contactPoints, dashboard, submissionApi } = addressesOf(ports);
  const inbox = `${contactPoints}/${contactPointIdOf('BE')}/inbox`;
  const [first, second, third, fourth, fifth] = belgian;
  const declined =
    third === undefined
      ? []
      : [{ name: 'referral-declined', url: `${dashboard}/referrals/${third.referralId}` }];
  const urgent =
    first === undefined ? [] : [{ name: 'referral', url: `${dashboard}/referrals/${first.referralId}` }];
  const hotline = europol.find(({ senderId }) => senderId.includes('hotline'));
  return [
    { name: 'dashboard', url: `${dashboard}/` },
    { name: 'search', url: `${dashboard}/search?q=${encodeURIComponent(sharedReference)}` },
    { name: 'search-nothing', url: `${dashboard}/search?q=no-such-reference` },
    { name: 'referral-unknown', url: `${dashboard}/referrals/${unknownId}`, status: 404 },
    ...urgent,
    ...declined,
    { name: 'inbox', url: inbox },
    { name: 'inbox-nothing', url: `${inbox}?q=no-such-reference` },
    ...dispatchPages(inbox, {
      dispatch: first,
      'dispatch-acknowledged': second,
      'dispatch-declined': third,
      'dispatch-asked': fourth,
      'dispatch-new': fifth,
    }),
    ...dispatchPages(`${contactPoints}/europol/inbox`, { 'dispatch-hotline': hotline }),
    { name: 'dispatch-unknown', url: `${inbox}/${unknownId}`, status: 404 },
    { name: 'documentation', url: `${submissionApi}/docs`, isForeign: true },
  ];
}
