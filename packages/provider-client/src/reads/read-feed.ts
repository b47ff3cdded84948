import type { SubmissionApi } from '@liaison/contracts';
import { ClientError } from '../client-error.ts';
import { readBody } from '../http/read-body.ts';
import { authorisedGet, type ReadDeps } from './authorised-get.ts';

/** A page of the feed; keep its `next`, which is where to go on. */
export type FeedPage = SubmissionApi['schemas']['FeedPage'];

/** Where to begin, and how much to take at once. */
export interface FeedPosition {
  /** The `next` of a page read before; from the beginning where it is left out. */
  readonly after?: string | undefined;
  /** Most events of a page, 1 to 500. */
  readonly limit?: number | undefined;
}

/** Reads the feed to its present end; see `ProviderClient.readFeed`. */
export async function* readFeedPages(
  { after, limit }: FeedPosition,
  deps: ReadDeps,
): AsyncGenerator<FeedPage, void, undefined> {
  let cursor = after;
  for (;;) {
    const query = new URLSearchParams({
      ...(cursor === undefined ? {} : { after: cursor }),
      ...(limit === undefined ? {} : { limit: String(limit) }),
    });
    const answer = await authorisedGet('/v1/feed', query, deps);
    if (answer.kind === 'refused') throw new ClientError('read-refused', { problem: answer.problem });
    if (answer.kind === 'not-now') {
      const { code: reason, problem } = answer;
      throw new ClientError('hub-unreachable', { reason, ...(problem === null ? {} : { problem }) });
    }
    const page = readBody('submission-api#FeedPage', answer.text);
    // A cursor that stands still would be read for ever.
    if (page === undefined || (page.events.length > 0 && page.next === cursor)) {
      throw new ClientError('answer-not-understood');
    }
    if (page.events.length === 0) return;
    yield page;
    cursor = page.next;
  }
}
