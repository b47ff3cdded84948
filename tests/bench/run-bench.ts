import { reportAge } from './age/report-age.ts';
import { runAge } from './age/run-age.ts';
import { reportBroken, runBroken } from './broken/run-broken.ts';
import { runBaseline } from './baseline/run-baseline.ts';
import { cleanUpAtSignals } from './local/clean-up.ts';
import { runMainJob } from './main-job/run-main-job.ts';
import { reportBaseline, reportMainJob, reportSeal } from './main-job/report-figures.ts';
import { help, readBenchOptions, type BenchOptions, type Part } from './options.ts';
import { createReport, type Report } from './report.ts';
import { describeMachine, writeResult } from './results.ts';
import { runSeal } from './seal/run-seal.ts';
import { reportStopped, runStopped } from './stopped/run-stopped.ts';

/** Parcels of the baseline where no main job was measured before. */
const usualMessages = 1.5;
const stoppedSeconds = 30;
const brokenSeconds = 15;

async function runPart(part: Part, options: BenchOptions, report: Report): Promise<unknown> {
  const { seconds, quick } = options;
  const warmUpSeconds = quick ? 2 : 5;
  const baseline = (meanMessages: number) => runBaseline({ seconds, warmUpSeconds, meanMessages, report });
  switch (part) {
    case 'main': {
      const trialSeconds = quick ? 5 : 12;
      const real = await runMainJob({
        seconds,
        warmUpSeconds,
        trialSeconds,
        underWay: quick ? 50 : 300,
        brokers: null,
        report,
      });
      const bare = await baseline(real.closedLoop.parcels.meanMessages);
      reportMainJob(real, report);
      reportBaseline(bare, report, real);
      return { real, bare };
    }
    case 'kafka': {
      const trialSeconds = quick ? 5 : 12;
      const { brokers } = options;
      const underWay = quick ? 50 : 300;
      const real = await runMainJob({ seconds, warmUpSeconds, trialSeconds, underWay, brokers, report });
      reportMainJob(real, report);
      return { brokers, real };
    }
    case 'baseline': {
      const bare = await baseline(options.parcelMessages ?? usualMessages);
      reportBaseline(bare, report);
      return bare;
    }
    case 'seal': {
      const figures = await runSeal({ rounds: quick ? 3 : 9, roundMs: quick ? 100 : 500, report });
      reportSeal(figures, report);
      return figures;
    }
    case 'stopped': {
      const rate = quick ? 5 : 50;
      const waiting = quick ? 100 : 5_000;
      const measured = Math.min(seconds, stoppedSeconds);
      const figures = await runStopped({ seconds: measured, rate, waiting, pairs: quick ? 1 : 3, report });
      reportStopped(figures, report);
      return figures;
    }
    case 'broken': {
      const rate = quick ? 5 : 30;
      const measured = Math.min(seconds, brokenSeconds);
      const figures = await runBroken({
        seconds: measured,
        rate,
        pairs: quick ? 1 : 3,
        brokers: null,
        report,
      });
      reportBroken(figures, report);
      return figures;
    }
    case 'age': {
      const rate = quick ? 20 : 100;
      const originals = quick ? 100 : 500;
      const { sizes } = options;
      const figures = await runAge({ sizes, seconds, warmUpSeconds, rate, originals, report });
      reportAge(figures, report);
      return figures;
    }
    default:
      return part satisfies never;
  }
}

async function runParts(options: BenchOptions, report: Report): Promise<Record<string, unknown>> {
  const all: Record<string, unknown> = {};
  for (const part of options.parts) {
    const machine = describeMachine();
    const beganMs = performance.now();
    const figures = await runPart(part, options, report);
    const tookSeconds = Math.round((performance.now() - beganMs) / 1000);
    writeResult(part, options, { machine, figures, tookSeconds });
    all[part] = figures;
  }
  return all;
}

/** Runs `pnpm bench`. @returns the exit code. */
export async function runBench(argv: readonly string[]): Promise<number> {
  let options: BenchOptions | null;
  try {
    options = readBenchOptions(argv);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : 'Unknown option.'}\n\n${help}`);
    return 1;
  }
  if (options === null) {
    process.stdout.write(help);
    return 0;
  }
  cleanUpAtSignals();
  const report = createReport(options.json ? process.stderr : process.stdout);
  const figures = await runParts(options, report);
  if (options.json) process.stdout.write(`${JSON.stringify(figures)}\n`);
  return 0;
}
