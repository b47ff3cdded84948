import { setTimeout as sleep } from 'node:timers/promises';
import type { LoadResult, Pace } from './load-messages.ts';
import type { Answer } from './post.ts';

/** What submitting needs. */
export interface SubmitDeps {
  readonly post: (jws: string) => Promise<Answer>;
  /** How many referrals are under way at the hub, and how many had been sent when that was read. */
  readonly tally: () => { readonly underWay: number; readonly sentThen: number };
  /** Told before each. */
  readonly onSent: () => void;
}

/** As many as a sender's service would keep open; the rest of what is under way waits inside the hub. */
const closedConnections = 16;
const pauseMs = 2;

/** What is known of the referrals so far. */
function createRecord() {
  const ids: string[] = [];
  const postedMs: number[] = [];
  const answerMs: number[] = [];
  const refused: Record<string, number> = {};
  const note = (what: string): void => {
    refused[what] = (refused[what] ?? 0) + 1;
  };
  let submitted = 0;
  return {
    async submit(jws: string, deps: SubmitDeps): Promise<void> {
      submitted += 1;
      deps.onSent();
      const posted = Date.now();
      const began = performance.now();
      try {
        const { status, code, referralId } = await deps.post(jws);
        if (status !== 201 || referralId === null) {
          note(`${status} ${code ?? ''}`);
          return;
        }
        ids.push(referralId);
        postedMs.push(posted);
        answerMs.push(performance.now() - began);
      } catch {
        note('no answer');
      }
    },
    submitted: () => submitted,
    result: (behindMs: number): LoadResult => ({ ids, postedMs, answerMs, refused, submitted, behindMs }),
  };
}

type Taken = Iterator<string>;

async function submitOpen(
  referrals: Taken,
  pace: Extract<Pace, { kind: 'open' }>,
  deps: SubmitDeps,
): Promise<LoadResult> {
  const record = createRecord();
  const answers: Promise<void>[] = [];
  const startedMs = performance.now();
  let behindMs = 0;
  const due = Math.round(pace.rate * pace.seconds);
  for (let index = 0; index < due; index += 1) {
    const next = referrals.next();
    if (next.done === true) break;
    const dueMs = startedMs + (index * 1000) / pace.rate;
    const waitMs = dueMs - performance.now();
    if (waitMs > 1) await sleep(waitMs);
    behindMs = Math.max(behindMs, performance.now() - dueMs);
    answers.push(record.submit(next.value, deps));
  }
  await Promise.all(answers);
  return record.result(behindMs);
}

async function submitClosed(
  referrals: Taken,
  pace: Extract<Pace, { kind: 'closed' }>,
  deps: SubmitDeps,
): Promise<LoadResult> {
  const record = createRecord();
  const endMs = performance.now() + pace.seconds * 1000;
  const hasRoom = (): boolean => {
    const { underWay, sentThen } = deps.tally();
    return underWay + record.submitted() - sentThen < pace.underWay;
  };
  const work = async (): Promise<void> => {
    while (performance.now() < endMs) {
      if (!hasRoom()) {
        await sleep(pauseMs);
        continue;
      }
      const next = referrals.next();
      if (next.done === true) return;
      await record.submit(next.value, deps);
    }
  };
  await Promise.all(Array.from({ length: closedConnections }, work));
  return record.result(0);
}

/** Submits prepared referrals at a pace. @returns what became of them; the last answer is in. */
export async function submitPaced(
  referrals: Iterable<string>,
  pace: Pace,
  deps: SubmitDeps,
): Promise<LoadResult> {
  const taken = referrals[Symbol.iterator]();
  switch (pace.kind) {
    case 'open':
      return submitOpen(taken, pace, deps);
    case 'closed':
      return submitClosed(taken, pace, deps);
    default:
      return pace satisfies never;
  }
}
