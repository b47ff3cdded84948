import { slopeOf } from './statistics.ts';

/** How much was under way at a moment. */
export interface BacklogSample {
  /** Since the load began. */
  readonly atMs: number;
  /** Referrals that were submitted and are not yet receipted by all their addressees and in the ledger. */
  readonly referrals: number;
}

/** What one trial of a rate showed. */
export interface RateTrial {
  /** Referrals a second that were to be submitted. */
  readonly rate: number;
  readonly seconds: number;
  readonly submitted: number;
  readonly samples: readonly BacklogSample[];
}

/** What was found of a rate. */
export interface RateVerdict {
  readonly held: boolean;
  /** Referrals by which the backlog grew each second, over the second half and more. */
  readonly growthPerSecond: number;
  readonly lastBacklog: number;
  /** Share of the referrals due that were submitted: a generator that falls behind measures itself. */
  readonly submittedShare: number;
}

/** The load before this is warming up. */
const settledShare = 0.25;
/** Of the rate: noise of sampling grows less than this over seconds. */
const growthShare = 0.03;
/** More than this much of the rate under way is a queue, whatever it does next. */
const backlogSeconds = 3;
const submittedShareNeeded = 0.98;

/** Whether a rate was held: all of it was submitted, and what was under way neither grew nor had grown too far. */
export function judgeRate(trial: RateTrial): RateVerdict {
  const { rate, seconds, submitted } = trial;
  const settled = trial.samples.filter(({ atMs }) => atMs >= seconds * 1000 * settledShare);
  const growthPerSecond = slopeOf(settled.map(({ atMs, referrals }) => ({ x: atMs / 1000, y: referrals })));
  const lastBacklog = settled.at(-1)?.referrals ?? Number.POSITIVE_INFINITY;
  const submittedShare = submitted / (rate * seconds);
  const held =
    submittedShare >= submittedShareNeeded &&
    growthPerSecond <= rate * growthShare &&
    lastBacklog <= rate * backlogSeconds;
  return { held, growthPerSecond, lastBacklog, submittedShare };
}

/** Between which rates to search, and how finely. */
export interface RateRange {
  readonly low: number;
  readonly high: number;
  /** Rates tried are `low` and whole steps above it. */
  readonly step: number;
}

/**
 * The highest rate of a range that is held, by bisection: what is held is taken to be held at every lower rate.
 * @returns null where not even the lowest is.
 */
export async function findHighestRate(
  range: RateRange,
  holds: (rate: number) => Promise<boolean>,
): Promise<number | null> {
  let best: number | null = null;
  let low = 0;
  let high = Math.floor((range.high - range.low) / range.step);
  while (low <= high) {
    const middle = Math.floor((low + high) / 2);
    const rate = range.low + middle * range.step;
    if (await holds(rate)) {
      best = rate;
      low = middle + 1;
    } else {
      high = middle - 1;
    }
  }
  return best;
}
