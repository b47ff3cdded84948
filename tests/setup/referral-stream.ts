import { setTimeout as sleep } from 'node:timers/promises';
import type { SigningKey } from '@liaison/seal';
import { onTestFinished } from 'vitest';
import { referralOf, senderKey, submit, until } from './submitting.ts';
import type { TestHub } from './test-hub.ts';

/** What became of one referral of a stream. */
export interface StreamedReferral {
  readonly kid: string;
  readonly status: number;
  readonly code: string | null;
  readonly referralId: string | null;
}

/** Referrals of one sender that keep coming while something else happens. */
export interface ReferralStream {
  /** Signs with another key, from the next one on. */
  signWith(key: SigningKey): void;
  /** Waits until so many more have been answered. */
  more(count: number): Promise<void>;
  /** Ends the stream. @returns what became of each. */
  stop(): Promise<readonly StreamedReferral[]>;
}

/** Fast enough that every step of a test falls between two, slow enough to leave a busy machine its breath. */
const pauseMs = 30;

/** Starts a stream of a sender, for a test at most; it begins with the key that the installation gave the sender. */
export function startReferralStream(hub: TestHub, senderId: string): ReferralStream {
  const answered: StreamedReferral[] = [];
  const stopping = new AbortController();
  let key = senderKey(hub, senderId);
  const flow = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const { kid } = key;
      const reporter = { participantId: senderId };
      const referral = referralOf(hub, `streamed-${answered.length}`, { reporter });
      const { status, body } = await submit(hub, referral, { senderId, key });
      const { code = null, referralId = null } = body;
      answered.push({ kid, status, code, referralId });
      await sleep(pauseMs);
    }
  };
  const flowing = flow();
  const stop = async (): Promise<readonly StreamedReferral[]> => {
    stopping.abort();
    await flowing;
    return answered;
  };
  onTestFinished(async () => {
    await stop();
  });
  return {
    signWith(next) {
      key = next;
    },
    async more(count) {
      const wanted = answered.length + count;
      await until(`${count} more referrals`, () => Promise.resolve(answered.length >= wanted));
    },
    stop,
  };
}
