import { requestIdOf, spanPlaces, type Clock, type SpanPlace, type Tracing } from '@liaison/service';
import type { RequestHandler, Response } from 'express';

/** What a submission came to. */
interface TracedSubmission {
  readonly referralId: string;
  /** Whether this request is the one that brought it. */
  readonly created: boolean;
}

/** Tells of requests that submit referrals. */
export interface RequestTrace {
  /** Comes before what answers the requests of a route. */
  follow(route: string): RequestHandler;
  /** Says what a request has submitted, before it is answered. */
  submitted(res: Response, submission: TracedSubmission): void;
}

interface Followed {
  readonly requestId: string;
  readonly method: string;
  readonly route: string;
  readonly startMs: number;
  readonly named: SpanPlace | null;
  readonly submissions: TracedSubmission[];
}

/** The one referral that a request brought, if that was all it did: the request is then the root of its trace. */
function rootOf({ submissions }: Followed): TracedSubmission | null {
  const [first, ...others] = submissions;
  return first?.created === true && others.length === 0 ? first : null;
}

/** Tells of an answered request, and of each referral that began in it but has a trace of its own. */
function recordRequest(followed: Followed, status: number, deps: { tracing: Tracing; endMs: number }): void {
  const { requestId, method, route, startMs, named, submissions } = followed;
  const { tracing, endMs } = deps;
  const root = rootOf(followed);
  const place = root === null ? spanPlaces.request(requestId) : spanPlaces.submitted(root.referralId);
  const linked = root === null ? submissions.map(({ referralId }) => spanPlaces.submitted(referralId)) : [];
  tracing.record({
    subject: { kind: 'request', method, route, status },
    place,
    parent: null,
    // What the sender names is its own: a link, and never a parent.
    links: [...linked, ...(named === null ? [] : [named])],
    startMs,
    endMs,
    failure: status >= 500 ? `${status}` : null,
  });
  if (root !== null) return;
  for (const { referralId, created } of submissions) {
    if (!created) continue;
    tracing.record({
      subject: { kind: 'step', name: 'accept referral', referralId, dispatchId: null, outcome: 'accepted' },
      place: spanPlaces.submitted(referralId),
      parent: null,
      links: [place],
      startMs,
      endMs,
      failure: null,
    });
  }
}

/**
 * Makes what tells of requests. A request that brings one referral is the root of that referral's trace; a batch, a
 * repetition or a refusal has a trace of its own, with links.
 */
export function createRequestTrace({ tracing, clock }: { tracing: Tracing; clock: Clock }): RequestTrace {
  const requests = new WeakMap<Response, Followed>();
  return {
    follow: (route) => (req, res, next) => {
      if (tracing.isOn) {
        const followed: Followed = {
          requestId: requestIdOf(res),
          method: req.method,
          route,
          startMs: clock.nowMs(),
          named: tracing.readHeaders({ traceparent: req.get('traceparent') }),
          submissions: [],
        };
        requests.set(res, followed);
        res.once('finish', () => {
          recordRequest(followed, res.statusCode, { tracing, endMs: clock.nowMs() });
        });
      }
      next();
    },
    submitted(res, submission) {
      requests.get(res)?.submissions.push(submission);
    },
  };
}
