import type { SubmissionApi } from '@liaison/contracts';
import { decodeFeedCursor, encodeFeedCursor, feedStart } from '../feed-cursor.ts';
import { readFeedEvents } from '../store/status.ts';
import { forSender, refuseParameter, type ReadDeps } from './for-sender.ts';

const defaultLimit = 100;
const maxLimit = 500;

function readAfter(value: unknown): number {
  if (value === undefined) return feedStart;
  const position = typeof value === 'string' ? decodeFeedCursor(value) : null;
  return position ?? refuseParameter('after');
}

function readLimit(value: unknown): number {
  if (value === undefined) return defaultLimit;
  const limit = typeof value === 'string' && /^[1-9]\d{0,2}$/.test(value) ? Number(value) : 0;
  return limit >= 1 && limit <= maxLimit ? limit : refuseParameter('limit');
}

/** `GET /v1/feed`: what happened to the sender's referrals, in the order of the ledger. */
export function readFeed(deps: ReadDeps) {
  return forSender(deps, async (req, res, sender) => {
    const after = readAfter(req.query['after']);
    const limit = readLimit(req.query['limit']);
    const events = await readFeedEvents(deps.database, sender.id, { after, limit });
    const next = encodeFeedCursor(events.at(-1)?.position ?? after);
    res.json({ events, next } satisfies SubmissionApi['schemas']['FeedPage']);
  });
}
