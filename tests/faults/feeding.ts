import { setTimeout as sleep } from 'node:timers/promises';
import type { MemberState } from '@liaison/contracts';
import { submitDepsOf, submitLabelled, type Answered, type RunningLocal } from '@liaison/local';
import type { SigningKey } from '@liaison/seal';
import { codesOf } from '@liaison/service';
import { generateReferrals } from '@liaison/testkit';

/** A sender's traffic that goes on while things break. */
export interface Feeding {
  accepted(): number;
  /** Submissions that never got an answer, by their codes. */
  failed(): readonly string[];
  answers(): readonly Answered[];
  /** Submits one more now. @returns its referral id, once it is accepted. */
  submitOne(): Promise<string>;
  /** Lets a sender sign with another key from now on. */
  useKey(senderId: string, key: SigningKey): void;
  /** Waits for the answers under way. */
  stop(): Promise<void>;
}

/** Feeds labelled referrals, one after the other has begun, and retries each until it is answered. */
export function startFeeding(
  local: RunningLocal,
  options: { readonly states: readonly MemberState[]; readonly perSecond: number; readonly seed?: number },
): Feeding {
  const stopping = new AbortController();
  const answers: Answered[] = [];
  const failures: string[] = [];
  const running = new Set<Promise<void>>();
  const given = submitDepsOf(local, new AbortController().signal);
  const keys = new Map(given.keys);
  const deps = { ...given, keys };
  const referrals = generateReferrals({
    count: 1_000_000,
    seed: options.seed ?? 18,
    nowMs: () => Date.now(),
    prefix: `faults-${Date.now().toString(36)}`,
    rejectedShare: 0,
    states: options.states,
  });
  const submit = async (): Promise<string> => {
    const next = referrals.next();
    if (next.done === true) throw new RangeError('no referrals left');
    const answered = await submitLabelled(next.value, deps);
    answers.push(answered);
    if (answered.referralId === null) throw new Error(`refused: ${answered.problem ?? answered.status}`);
    return answered.referralId;
  };
  const feed = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const one = submit().then(
        () => undefined,
        (error: unknown) => {
          failures.push(codesOf(error).join());
        },
      );
      running.add(one);
      void one.finally(() => running.delete(one));
      await sleep(1000 / options.perSecond, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const fed = feed();
  return {
    accepted: () => answers.filter(({ referralId }) => referralId !== null).length,
    failed: () => failures,
    answers: () => answers,
    submitOne: submit,
    useKey(senderId, key) {
      keys.set(senderId, key);
    },
    async stop() {
      stopping.abort();
      await fed;
      await Promise.all(running);
    },
  };
}
