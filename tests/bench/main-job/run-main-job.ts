import { findHighestRate, judgeRate, type RateVerdict } from '../figures/rate-search.ts';
import type { Report } from '../report.ts';
import { startLoadGenerator, type LoadGenerator } from '../load/load-generator.ts';
import { startBenchLocal, targetOf, withBenchFolder, type BenchLocal } from '../local/bench-local.ts';
import { withCleanUp } from '../local/clean-up.ts';
import { measureRun, type Measured, type RunFigures, type RunPlan } from '../measure/measured-run.ts';
import { residentMb } from '../measure/usage.ts';
import { profiledEntries, profileHub, type HubProfile } from '../profiled/profile-hub.ts';

/** How long and how hard. */
export interface MainJobOptions {
  readonly seconds: number;
  readonly warmUpSeconds: number;
  /** Of each trial of a rate. */
  readonly trialSeconds: number;
  /** Under way at once in the closed loop. */
  readonly underWay: number;
  /** Of the Kafka that carries the records; null: the embedded exchange does. */
  readonly brokers: 1 | 3 | null;
  readonly report: Report;
}

/** A rate that was held, or not, and what it showed. */
interface HeldRate {
  readonly rate: number;
  readonly verdict: RateVerdict;
  readonly figures: Omit<RunFigures, 'backlog'>;
}

/** What the main job came to. */
export interface MainJobFigures {
  readonly closedLoop: Omit<RunFigures, 'backlog'>;
  readonly profile: HubProfile;
  /** Null where not even the lowest rate was held. */
  readonly highestHeld: HeldRate | null;
  readonly tried: readonly { readonly rate: number; readonly seconds: number; readonly held: boolean }[];
  readonly at50: Omit<RunFigures, 'backlog'>;
  readonly residentMb: Readonly<Record<string, number | null>>;
}

const lowestRate = 50;
const rateStep = 25;
const modestRate = 50;
const profileSeconds = 15;

function withoutBacklog({ backlog: _left, ...figures }: RunFigures): Omit<RunFigures, 'backlog'> {
  return figures;
}

/** Measures on one installation; each run has referrals of its own. */
function createRunner(measured: Measured, options: MainJobOptions) {
  let runs = 0;
  const plan = (pace: RunPlan['pace'], warmUpSeconds: number): RunPlan => {
    runs += 1;
    const prefix = `bench-${runs}-${Date.now().toString(36)}`;
    return { pace, warmUpSeconds, preparation: { seed: runs, prefix, states: null, oneStateOnly: true } };
  };
  return {
    closed: (seconds: number) =>
      measureRun(
        measured,
        plan(
          { kind: 'closed', underWay: options.underWay, seconds: seconds + options.warmUpSeconds },
          options.warmUpSeconds,
        ),
      ),
    open: (rate: number, seconds: number) => measureRun(measured, plan({ kind: 'open', rate, seconds }, 0)),
  };
}

type Runner = ReturnType<typeof createRunner>;

async function tryRate(runner: Runner, rate: number, seconds: number): Promise<HeldRate> {
  const figures = await runner.open(rate, seconds);
  const verdict = judgeRate({ rate, seconds, submitted: figures.submitted, samples: figures.backlog });
  return { rate, verdict, figures: withoutBacklog(figures) };
}

/** Searches with short trials, then holds what was found for the full time; a step lower where it is not held. */
async function findHeldRate(
  runner: Runner,
  options: MainJobOptions & { readonly about: number },
): Promise<Pick<MainJobFigures, 'highestHeld' | 'tried'>> {
  const { seconds, trialSeconds, report } = options;
  const tried: { rate: number; seconds: number; held: boolean }[] = [];
  const hold = async (rate: number, forSeconds: number): Promise<HeldRate> => {
    const trial = await tryRate(runner, rate, forSeconds);
    tried.push({ rate, seconds: forSeconds, held: trial.verdict.held });
    report.line(`  ${rate}/s for ${forSeconds} s: ${trial.verdict.held ? 'held' : 'not held'}`);
    return trial;
  };
  const high = Math.max(lowestRate + rateStep, Math.ceil((options.about * 1.15) / rateStep) * rateStep);
  let rate = await findHighestRate({ low: lowestRate, high, step: rateStep }, async (one) => {
    const { verdict } = await hold(one, trialSeconds);
    return verdict.held;
  });
  for (; rate !== null && rate >= lowestRate; rate -= rateStep) {
    const trial = await hold(rate, seconds);
    if (trial.verdict.held) return { highestHeld: trial, tried };
  }
  return { highestHeld: null, tried };
}

async function measureMainJob(
  bench: BenchLocal,
  load: LoadGenerator,
  options: MainJobOptions,
): Promise<MainJobFigures> {
  const { report, seconds } = options;
  const measured: Measured = { bench, load, others: { load: load.pid }, except: null };
  const runner = createRunner(measured, options);
  report.line(`closed loop, ${options.underWay} under way, ${seconds} s`);
  const closedLoop = await runner.closed(seconds);
  const memory = residentMb(bench.local, measured.others);
  const profiledSeconds = Math.min(seconds, profileSeconds);
  report.line(`  ${closedLoop.perSecond}/s; now profiled, ${profiledSeconds} s`);
  const profile = await profileHub(bench.local, async () => {
    await runner.closed(profiledSeconds);
  });
  report.line('open loop, the highest rate that is held');
  const held = await findHeldRate(runner, { ...options, about: closedLoop.perSecond });
  report.line(`open loop, ${modestRate}/s for ${seconds} s`);
  const at50 = withoutBacklog(await runner.open(modestRate, seconds));
  return { closedLoop: withoutBacklog(closedLoop), profile, ...held, at50, residentMb: memory };
}

/** Runs the main job on a real Liaison: closed loop, profile, highest rate, 50 a second. */
export async function runMainJob(options: MainJobOptions): Promise<MainJobFigures> {
  return withBenchFolder(async (folder) => {
    const bench = await startBenchLocal(folder, profiledEntries, options.brokers);
    return withCleanUp(bench.stop, async () => {
      const load = await startLoadGenerator(targetOf(bench.local));
      return withCleanUp(load.stop, () => measureMainJob(bench, load, options));
    });
  });
}
