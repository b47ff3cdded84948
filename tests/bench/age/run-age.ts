import { startLoadGenerator, type LoadGenerator } from '../load/load-generator.ts';
import type { Preparation } from '../load/load-messages.ts';
import { startBenchLocal, targetOf, withBenchFolder, type BenchLocal } from '../local/bench-local.ts';
import { withCleanUp } from '../local/clean-up.ts';
import { measureRun, untilDrained, type Measured, type RunFigures } from '../measure/measured-run.ts';
import type { Report } from '../report.ts';
import { askPages, type PageFigures } from './ask-pages.ts';
import { growDatabase, type GrownDatabase } from './grow-database.ts';
import { findSequentialScans, type ExplainedStatement } from './plans.ts';
import {
  explainDuring,
  forgetStatements,
  readBigTables,
  readStatements,
  readTableScans,
  type StatementCost,
  type TableScans,
} from './statements.ts';

/** What the work cost on a database of one size. */
export interface AgedFigures {
  readonly grown: GrownDatabase;
  readonly run: Omit<RunFigures, 'backlog'>;
  readonly statements: readonly StatementCost[];
  readonly bigTables: readonly string[];
  /** During the measured run; none, if no hot statement scans. */
  readonly scans: readonly TableScans[];
  readonly plans: readonly ExplainedStatement[];
  readonly sequentialScans: readonly ExplainedStatement[];
  readonly pages: readonly PageFigures[];
}

/** How much. */
export interface AgeOptions {
  readonly sizes: readonly number[];
  readonly seconds: number;
  readonly warmUpSeconds: number;
  readonly rate: number;
  /** Referrals that really go through, of which all others are copies. */
  readonly originals: number;
  readonly report: Report;
}

/** Little enough that the server's log keeps all plans. */
const explainedRate = 5;
const explainedSeconds = 4;

function preparationOf(name: string, oneStateOnly: boolean): Omit<Preparation, 'count'> {
  return { seed: name.length, prefix: `${name}-${Date.now().toString(36)}`, states: null, oneStateOnly };
}

async function withLoad<Result>(
  bench: BenchLocal,
  work: (measured: Measured, load: LoadGenerator) => Promise<Result>,
): Promise<Result> {
  return withCleanUp(bench.stop, async () => {
    const load = await startLoadGenerator(targetOf(bench.local));
    return withCleanUp(load.stop, () =>
      work({ bench, load, others: { load: load.pid }, except: null }, load),
    );
  });
}

/** Lets realistic referrals of every kind go through a new Liaison. */
async function makeOriginals(folder: string, originals: number): Promise<void> {
  await withLoad(await startBenchLocal(folder), async (measured) => {
    const rate = 25;
    const seconds = originals / rate;
    await measureRun(measured, {
      pace: { kind: 'open', rate, seconds },
      warmUpSeconds: 0,
      preparation: preparationOf('original', false),
    });
    await untilDrained(measured);
  });
}

async function measureAged(
  folder: string,
  grown: GrownDatabase,
  { seconds, warmUpSeconds, rate }: AgeOptions,
): Promise<AgedFigures> {
  const bench = await startBenchLocal(folder);
  return withLoad(bench, async (measured) => {
    const { hub, local } = bench;
    const bigTables = await readBigTables(hub);
    const warm = { kind: 'open', rate, seconds: warmUpSeconds } as const;
    await measureRun(measured, {
      pace: warm,
      warmUpSeconds: 0,
      preparation: preparationOf('warming-up', true),
    });
    await forgetStatements(hub);
    const { backlog: _left, ...run } = await measureRun(measured, {
      pace: { kind: 'open', rate, seconds },
      warmUpSeconds: 0,
      preparation: preparationOf('measured', true),
    });
    const statements = await readStatements(hub);
    const scans = await readTableScans(hub, bigTables);
    const pages = await askPages(local, hub);
    const explained = { kind: 'open', rate: explainedRate, seconds: explainedSeconds } as const;
    const plans = await explainDuring(hub, async () => {
      await measureRun(measured, {
        pace: explained,
        warmUpSeconds: 0,
        preparation: preparationOf('explained', true),
      });
      await askPages(local, hub);
    });
    const sequentialScans = findSequentialScans(plans, bigTables);
    return { grown, run, statements, bigTables, scans, plans, sequentialScans, pages };
  });
}

async function runSize(size: number, options: AgeOptions): Promise<AgedFigures> {
  const { report } = options;
  return withBenchFolder(async (folder) => {
    report.line(`database of ${size} referrals`);
    await makeOriginals(folder, options.originals);
    const grown = await growDatabase(folder, size, report);
    report.line(
      `  ${grown.referrals} referrals, ${grown.ledgerSize} leaves, ${Math.round(grown.bytes / 2 ** 20)} MB, ` +
        `made in ${grown.tookSeconds} s; now ${options.rate}/s for ${options.seconds} s`,
    );
    return measureAged(folder, grown, options);
  });
}

/** The same work on databases of several sizes, one after the other. */
export async function runAge(options: AgeOptions): Promise<AgedFigures[]> {
  const figures: AgedFigures[] = [];
  for (const size of options.sizes) figures.push(await runSize(size, options));
  return figures;
}
