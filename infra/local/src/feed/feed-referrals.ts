import { setTimeout as sleep } from 'node:timers/promises';
import type { LabelledReferral } from '@liaison/testkit';
import { submitLabelled, type Answered, type SubmitDeps } from './submit.ts';

/** How to feed. */
export interface FeedOptions {
  readonly referrals: Iterable<LabelledReferral>;
  /** Referrals a second, open loop: the hub's slowness delays none. Null: as fast as it goes. */
  readonly rate: number | null;
  readonly onAnswered: (answered: Answered) => void;
  /** Ends feeding early. */
  readonly signal: AbortSignal;
}

/** Enough to keep two cores busy, and few enough to tell what is slow. */
const concurrency = 12;

/** Lets a referral wait for the one that has to be accepted before it. */
function createOrder() {
  const known = new Map<string, Promise<unknown>>();
  return {
    async after(labelled: LabelledReferral): Promise<void> {
      if (labelled.after !== null) await known.get(labelled.after);
    },
    note(labelled: LabelledReferral, answer: Promise<unknown>): void {
      if (labelled.after === null) known.set(labelled.referral.providerReference, answer);
    },
  };
}

/** Feeds referrals to the hub and hands on each answer. */
export async function feedReferrals(options: FeedOptions, deps: SubmitDeps): Promise<void> {
  const order = createOrder();
  const submitInOrder = async (labelled: LabelledReferral): Promise<void> => {
    await order.after(labelled);
    options.onAnswered(await submitLabelled(labelled, deps));
  };
  const begin = (labelled: LabelledReferral): Promise<void> => {
    const answer = submitInOrder(labelled);
    order.note(labelled, answer);
    // Whoever waits for all of them gets the error; until then nobody waits for this one.
    answer.catch(() => undefined);
    return answer;
  };
  const { rate, signal } = options;
  if (rate === null) {
    const iterator = options.referrals[Symbol.iterator]();
    const work = async (): Promise<void> => {
      for (let next = iterator.next(); next.done !== true && !signal.aborted; next = iterator.next()) {
        await begin(next.value);
      }
    };
    await Promise.all(Array.from({ length: concurrency }, work));
    return;
  }
  const startedMs = performance.now();
  const answers: Promise<void>[] = [];
  let index = 0;
  for (const labelled of options.referrals) {
    if (signal.aborted) break;
    const waitMs = startedMs + (index * 1000) / rate - performance.now();
    if (waitMs > 1) await sleep(waitMs, undefined, { signal }).catch(() => undefined);
    answers.push(begin(labelled));
    index += 1;
  }
  await Promise.all(answers);
}
