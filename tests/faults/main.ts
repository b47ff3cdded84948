import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import { brokerKinds, commonKinds, type FaultKind } from './schedule/fault.ts';
import { runFaults, type FaultReport } from './run/run-faults.ts';

interface Options {
  readonly minutes: number;
  readonly seed: number;
  readonly exchange: 'embedded' | 'kafka';
  readonly faults?: number;
  readonly resume?: string;
}

/** What a long run has come to so far: rounds, each of a seed of its own, each checked to its end. */
interface Progress {
  nextSeed: number;
  spentMs: number;
  rounds: FaultReport[];
  /** Seeds of rounds after which something never got well again. */
  stuck: number[];
}

const roundFaults = 60;

function readWhole(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('a whole number is needed.');
}

function readProgress({ resume, seed }: Options): Progress {
  if (resume === undefined || !existsSync(resume))
    return { nextSeed: seed, spentMs: 0, rounds: [], stuck: [] };
  return JSON.parse(readFileSync(resume, 'utf8')) as Progress;
}

function sumCounts(rounds: readonly FaultReport[]): Partial<Record<FaultKind, number>> {
  const sums: Partial<Record<FaultKind, number>> = {};
  for (const { counts } of rounds) {
    for (const [kind, times] of Object.entries(counts)) {
      sums[kind as FaultKind] = (sums[kind as FaultKind] ?? 0) + times;
    }
  }
  return sums;
}

const program = new Command('faults')
  .description(
    'Lets everything go wrong with a Liaison under load, in rounds, and checks from records alone that nothing was lost, ' +
      'doubled or invented. The same seed gives the same faults.',
  )
  .addOption(new Option('--minutes <n>', 'begin no round after so long').argParser(readWhole).default(45))
  .addOption(
    new Option('--seed <n>', 'of the first round; each round counts on').argParser(readWhole).default(1),
  )
  .addOption(
    new Option('--exchange <kind>', 'what carries the records')
      .choices(['embedded', 'kafka'])
      .default('embedded'),
  )
  .addOption(new Option('--faults <n>', `faults in a round (${roundFaults})`).argParser(readWhole))
  .option('--resume <file>', 'keep what was done here, and go on from there');
program.parse(process.argv.filter((argument) => argument !== '--'));
const options = program.opts<Options>();
const progress = readProgress(options);
const kinds = options.exchange === 'kafka' ? [...commonKinds, ...brokerKinds] : commonKinds;

while (progress.spentMs < options.minutes * 60_000) {
  const startedMs = performance.now();
  const seed = progress.nextSeed;
  process.stdout.write(`round with seed ${seed}\n`);
  // What never gets well again ends its round, and is as bad as anything that is lost.
  const report = await runFaults({
    seed,
    brokers: options.exchange === 'kafka' ? 3 : null,
    kinds,
    goesOn: (done) => done < (options.faults ?? roundFaults),
    onFault: (fault, recoveryMs) => {
      process.stdout.write(`  ${JSON.stringify(fault)}  well again after ${Math.round(recoveryMs)} ms\n`);
    },
  }).catch((error: unknown) => {
    process.stdout.write(`  NOT WELL AGAIN: ${error instanceof Error ? error.message : 'unknown'}\n`);
    return null;
  });
  progress.nextSeed = seed + 1;
  progress.spentMs += performance.now() - startedMs;
  if (report === null) progress.stuck.push(seed);
  else progress.rounds.push(report);
  if (options.resume !== undefined) writeFileSync(options.resume, JSON.stringify(progress));
  process.stdout.write(`${JSON.stringify(report)}\n`);
}
const violations = progress.rounds.flatMap((round) => round.violations);
process.stdout.write(
  `${JSON.stringify(
    {
      rounds: progress.rounds.length,
      seeds: progress.rounds.map(({ seed }) => seed),
      minutes: Math.round(progress.spentMs / 6_000) / 10,
      faults: sumCounts(progress.rounds),
      accepted: progress.rounds.reduce((sum, { accepted }) => sum + accepted, 0),
      dispatches: progress.rounds.reduce((sum, { dispatches }) => sum + dispatches, 0),
      slowestRecoveryMs: Math.max(0, ...progress.rounds.map((round) => round.slowestRecoveryMs)),
      violations: violations.length,
      stuck: progress.stuck,
    },
    null,
    2,
  )}\n`,
);
if (violations.length > 0 || progress.stuck.length > 0) process.exitCode = 1;
