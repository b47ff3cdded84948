import { topicFrom } from '@liaison/contracts';
import type { DirectoryIndex } from '@liaison/directory';
import { ExchangeError, type Subscription } from '@liaison/exchange';
import type { Database } from '@liaison/postgres';
import { clearStanding, raiseAlarm, type AlarmDeps } from '../store/alarms.ts';

/** What following needs. */
export interface FollowTopicsDeps extends AlarmDeps {
  readonly database: Database;
  readonly instance: string;
}

const code = 'exchangeTopicMissing';

function isForbidden(error: unknown): boolean {
  return error instanceof ExchangeError && error.code === 'topic-forbidden';
}

async function tryTopics(subscription: Subscription, topics: readonly string[]): Promise<boolean> {
  try {
    await subscription.addTopics(topics);
    return true;
  } catch (error) {
    if (isForbidden(error)) return false;
    throw error;
  }
}

/**
 * Makes what adds the topics of all who answer, as the directory names them. One whose topic the exchange does not have,
 * or not for us, holds up no other: it raises an alarm and is tried again with every new directory.
 */
export function createTopicFollower(
  subscription: Subscription,
  deps: FollowTopicsDeps,
): (directory: DirectoryIndex) => Promise<void> {
  const { database, instance, clock } = deps;
  const followed = new Set<string>();

  const markFollowed = async (ids: readonly string[]): Promise<void> => {
    for (const id of ids) followed.add(id);
    // Whoever raised it may have been a router before this one.
    await clearStanding(database, { code, participantIds: ids, nowMs: clock.nowMs() });
  };

  return async (directory) => {
    const answering = directory.document.participants.filter(({ dispatchKinds }) => dispatchKinds.length > 0);
    const fresh = answering.map(({ id }) => id).filter((id) => !followed.has(id));
    if (fresh.length === 0) return;
    const topicOf = (id: string): string => topicFrom(instance, id);
    // All at once, as it nearly always goes.
    if (await tryTopics(subscription, fresh.map(topicOf))) {
      await markFollowed(fresh);
      return;
    }
    for (const id of fresh) {
      if (await tryTopics(subscription, [topicOf(id)])) await markFollowed([id]);
      else await raiseAlarm(database, { code, participantId: id, subjectId: null }, deps);
    }
  };
}
