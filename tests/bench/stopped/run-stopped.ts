import { join } from 'node:path';
import { memberStates } from '@liaison/contracts';
import { median, rounded } from '../figures/statistics.ts';
import { startLoadGenerator } from '../load/load-generator.ts';
import { startBenchLocal, targetOf, withBenchFolder } from '../local/bench-local.ts';
import { withCleanUp } from '../local/clean-up.ts';
import {
  measureRun,
  untilDrained,
  watchBacklog,
  type Measured,
  type RunFigures,
} from '../measure/measured-run.ts';
import type { Report } from '../report.ts';
import { startOwnContactPoint, type OwnContactPoint } from './own-contact-point.ts';
import { splitFilesOf, stoppedId } from './split-contact-points.ts';

/** One pair of measurements, milliseconds. */
export interface StoppedPair {
  readonly withoutP99: number;
  readonly withP99: number;
  /** Dispatches that waited for the stopped one. */
  readonly waiting: number;
}

/** What stopping one contact point did to the others. */
export interface StoppedFigures {
  readonly rate: number;
  readonly pairs: readonly StoppedPair[];
  readonly medianWithout: number;
  readonly medianWith: number;
  readonly medianDifference: number;
  /** 20 % of the median without, or 50 ms, whichever is larger. */
  readonly allowedDifference: number;
  readonly held: boolean;
}

/** How much. */
export interface StoppedOptions {
  readonly seconds: number;
  readonly rate: number;
  readonly waiting: number;
  readonly pairs: number;
  readonly report: Report;
}

const warmUpSeconds = 3;
/** Fed as fast as the hub takes it, which has to be over before anything is measured. */
const feedUnderWay = 300;
const feedSeconds = 240;
const leastDifferenceMs = 50;
const differenceShare = 0.2;

const otherStates = memberStates.filter((state) => `cp-${state.toLowerCase()}` !== stoppedId);
const ownStates = memberStates.filter((state) => `cp-${state.toLowerCase()}` === stoppedId);

/** What the hub's tables say waits for the stopped one. */
async function countWaiting({ bench }: Measured): Promise<number> {
  const { rows } = await bench.hub.query<{ count: number }>(
    `select count(*) as count from hub.dispatch where addressee_id = $1 and state = 'sent'`,
    [stoppedId],
  );
  return rows[0]?.count ?? 0;
}

/** Measurements on one installation; each has referrals of its own. */
function createSteps(measured: Measured, own: OwnContactPoint, options: StoppedOptions) {
  let steps = 0;
  const prefixOf = (): { prefix: string; seed: number } => {
    steps += 1;
    return { prefix: `stopped-${steps}-${Date.now().toString(36)}`, seed: steps };
  };
  return {
    /** Submits to all but the one that may be stopped. */
    measureOthers(): Promise<RunFigures> {
      const { rate, seconds } = options;
      return measureRun(measured, {
        pace: { kind: 'open', rate, seconds: seconds + warmUpSeconds },
        warmUpSeconds,
        preparation: { ...prefixOf(), states: otherStates, oneStateOnly: true },
      });
    },
    async stopAndFill(): Promise<number> {
      own.suspend();
      const { load } = measured;
      const preparation = { ...prefixOf(), states: ownStates, oneStateOnly: true, count: options.waiting };
      await load.prepare(preparation);
      const stopping = new AbortController();
      const watching = watchBacklog(measured, stopping.signal);
      await load.run({ kind: 'closed', underWay: feedUnderWay, seconds: feedSeconds });
      stopping.abort();
      await watching;
      await untilDrained(measured);
      return countWaiting(measured);
    },
    async resumeAndDrain(): Promise<void> {
      own.resume();
      await untilDrained({ ...measured, except: null }, 180_000);
    },
  };
}

async function measurePairs(
  measured: Measured,
  own: OwnContactPoint,
  options: StoppedOptions,
): Promise<StoppedPair[]> {
  const steps = createSteps(measured, own, options);
  const pairs: StoppedPair[] = [];
  // Connections and code are warm before the first of the pairs.
  await steps.measureOthers();
  for (let pair = 1; pair <= options.pairs; pair += 1) {
    const without = await steps.measureOthers();
    const waiting = await steps.stopAndFill();
    const stopped = await steps.measureOthers();
    await steps.resumeAndDrain();
    const withoutP99 = without.latencyMs.p99 ?? Number.POSITIVE_INFINITY;
    const withP99 = stopped.latencyMs.p99 ?? Number.POSITIVE_INFINITY;
    options.report.line(`  pair ${pair}: p99 ${withoutP99} ms; with ${waiting} waiting ${withP99} ms`);
    pairs.push({ withoutP99, withP99, waiting });
  }
  return pairs;
}

/** Judges pairs: the medians of what was measured without, with, and of the differences. */
export function judgePairs(pairs: readonly StoppedPair[]): Omit<StoppedFigures, 'rate' | 'pairs'> {
  const medianOf = (values: readonly number[]): number => rounded(median(values) ?? Number.NaN);
  const medianWithout = medianOf(pairs.map(({ withoutP99 }) => withoutP99));
  const medianWith = medianOf(pairs.map(({ withP99 }) => withP99));
  const medianDifference = medianOf(pairs.map(({ withoutP99, withP99 }) => withP99 - withoutP99));
  const allowedDifference = Math.max(leastDifferenceMs, rounded(medianWithout * differenceShare));
  const held = medianDifference <= allowedDifference;
  return { medianWithout, medianWith, medianDifference, allowedDifference, held };
}

/** Stops a contact point with thousands of dispatches waiting for it, and measures the others with and without. */
export async function runStopped(options: StoppedOptions): Promise<StoppedFigures> {
  const { report, rate, waiting, seconds } = options;
  report.line(
    `others' p99 at ${rate}/s for ${seconds} s, with and without ${waiting} waiting for ${stoppedId}`,
  );
  return withBenchFolder(async (folder) => {
    const contactPoints = new URL('other-contact-points-entry.ts', import.meta.url);
    const bench = await startBenchLocal(folder, { contactPoints });
    return withCleanUp(bench.stop, async () => {
      const load = await startLoadGenerator(targetOf(bench.local));
      return withCleanUp(load.stop, async () => {
        const { own: file } = splitFilesOf(join(bench.local.folder.keys, 'contact-points.json'));
        const own = await startOwnContactPoint(file);
        const others = { load: load.pid, contactPoints: [own.pid] };
        const measured = { bench, load, others, except: stoppedId };
        const pairs = await withCleanUp(own.stop, () => measurePairs(measured, own, options));
        return { rate, pairs, ...judgePairs(pairs) };
      });
    });
  });
}

/** Tells what stopping one did to the others. */
export function reportStopped(figures: StoppedFigures, report: Report): void {
  report.heading(`The others' p99 while ${stoppedId} is stopped`);
  report.row('without, median of the pairs', `${figures.medianWithout} ms`);
  report.row('with, median of the pairs', `${figures.medianWith} ms`);
  const verdict = figures.held ? 'held' : 'NOT HELD';
  report.row(
    'difference, median',
    `${figures.medianDifference} ms`,
    `allowed ${figures.allowedDifference} ms: ${verdict}`,
  );
}
