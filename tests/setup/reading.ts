import { audienceOf, hubParticipantId, type SubmissionApi } from '@liaison/contracts';
import { signMessage } from '@liaison/seal';
import { senderKey } from './submitting.ts';
import type { TestHub } from './test-hub.ts';

/** How a token differs from an honest one. */
export interface TokenChanges {
  readonly senderId?: string;
  readonly lifeSeconds?: number;
  readonly method?: string;
  readonly path?: string;
}

/** Signs a token for one read. */
export async function signToken(hub: TestHub, path: string, changes: TokenChanges = {}): Promise<string> {
  const senderId = changes.senderId ?? 'example-chat';
  const nowMs = hub.clock.nowMs();
  const { jws } = await signMessage(
    {
      typ: 'request+jws',
      issuer: senderId,
      audience: audienceOf(hub.installation.instance, hubParticipantId),
      id: hub.newId(),
      issuedAtMs: nowMs,
      payload: {
        exp: Math.floor(nowMs / 1000) + (changes.lifeSeconds ?? 30),
        htm: changes.method ?? 'GET',
        htu: `http://hub.test${changes.path ?? path.split('?')[0] ?? ''}`,
      },
    },
    senderKey(hub, senderId),
  );
  return jws;
}

/** An answer to a read. */
export interface ReadReply<Body> {
  readonly status: number;
  readonly body: Body;
}

/** Reads with a token as given. */
export async function readWith<Body>(hub: TestHub, path: string, token: string): Promise<ReadReply<Body>> {
  const response = await fetch(`${hub.api}${path}`, { headers: { authorization: `Bearer ${token}` } });
  return { status: response.status, body: (await response.json()) as Body };
}

/** Reads as a sender. */
export async function readAs<Body>(
  hub: TestHub,
  path: string,
  senderId = 'example-chat',
): Promise<ReadReply<Body>> {
  return readWith<Body>(hub, path, await signToken(hub, path, { senderId }));
}

export type Status = SubmissionApi['schemas']['ReferralStatus'];
export type FeedPage = SubmissionApi['schemas']['FeedPage'];

/** Everything in a sender's feed, page by page. */
export async function readWholeFeed(
  hub: TestHub,
  senderId = 'example-chat',
  limit = 500,
): Promise<FeedPage['events']> {
  const events: FeedPage['events'][number][] = [];
  for (let after = ''; ;) {
    const page = await readAs<FeedPage>(hub, `/v1/feed?limit=${limit}${after}`, senderId);
    events.push(...page.body.events);
    if (page.body.events.length === 0) return events;
    after = `&after=${page.body.next}`;
  }
}
