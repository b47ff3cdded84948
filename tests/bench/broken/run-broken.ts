import { join } from 'node:path';
import { startLoadGenerator } from '../load/load-generator.ts';
import { startBenchLocal, targetOf, withBenchFolder } from '../local/bench-local.ts';
import { withCleanUp } from '../local/clean-up.ts';
import { measureRun, untilDrained, type Measured, type RunFigures } from '../measure/measured-run.ts';
import type { Report } from '../report.ts';
import { startOwnContactPoint } from '../stopped/own-contact-point.ts';
import { judgePairs, type StoppedFigures, type StoppedPair } from '../stopped/run-stopped.ts';
import { splitFilesOf, stoppedId } from '../stopped/split-contact-points.ts';
import { brokenModes, type BrokenMode } from './modes.ts';

/** What each way to be broken did to the others. */
export type BrokenFigures = Readonly<
  Partial<Record<BrokenMode, StoppedFigures & { readonly alarms: number }>>
>;

/** How much. */
export interface BrokenOptions {
  readonly seconds: number;
  readonly rate: number;
  readonly pairs: number;
  /** Of the Kafka that carries the records; null: the embedded exchange does. */
  readonly brokers: 1 | 3 | null;
  readonly report: Report;
}

const warmUpSeconds = 3;
const drainMs = 180_000;
const brokenEntry = new URL('broken-contact-point-entry.ts', import.meta.url);

async function countWaiting({ bench }: Measured): Promise<number> {
  const { rows } = await bench.hub.query<{ count: number }>(
    `select count(*) as count from hub.dispatch where addressee_id = $1 and state <> 'receipted'`,
    [stoppedId],
  );
  return rows[0]?.count ?? 0;
}

async function countAlarms({ bench }: Measured): Promise<number> {
  const { rows } = await bench.hub.query<{ count: number }>(
    'select count(*) as count from hub.alarm where participant_id = $1',
    [stoppedId],
  );
  return rows[0]?.count ?? 0;
}

/** Measurements on one installation; each has referrals of its own, for all states. */
function createMeasureOthers(measured: Measured, { rate, seconds }: BrokenOptions) {
  let runs = 0;
  return (): Promise<RunFigures> => {
    runs += 1;
    const prefix = `broken-${runs}-${Date.now().toString(36)}`;
    return measureRun(measured, {
      pace: { kind: 'open', rate, seconds: seconds + warmUpSeconds },
      warmUpSeconds,
      preparation: { prefix, seed: runs, states: null, oneStateOnly: true },
    });
  };
}

async function measureMode(
  mode: BrokenMode,
  parts: {
    readonly measured: Measured;
    readonly file: string;
    readonly options: BrokenOptions;
    readonly measureOthers: () => Promise<RunFigures>;
  },
): Promise<StoppedPair[]> {
  const { measured, file, options, measureOthers } = parts;
  const pairs: StoppedPair[] = [];
  for (let pair = 1; pair <= options.pairs; pair += 1) {
    const good = await startOwnContactPoint(file);
    await withCleanUp(good.stop, async () => {
      // What the broken one left behind comes to the good one first.
      await untilDrained({ ...measured, except: null }, drainMs);
      pairs.push({
        withoutP99: (await measureOthers()).latencyMs.p99 ?? Number.POSITIVE_INFINITY,
        withP99: 0,
        waiting: 0,
      });
      await untilDrained({ ...measured, except: null }, drainMs);
    });
    const broken = await startOwnContactPoint(file, {
      entry: brokenEntry,
      environment: { BROKEN_MODE: mode },
    });
    const withP99 = await withCleanUp(broken.stop, async () => (await measureOthers()).latencyMs.p99);
    const waiting = await countWaiting(measured);
    const { withoutP99 = 0 } = pairs.pop() ?? {};
    pairs.push({ withoutP99, withP99: withP99 ?? Number.POSITIVE_INFINITY, waiting });
    options.report.line(
      `  ${mode}, pair ${pair}: p99 ${withoutP99} ms; broken ${withP99 ?? '–'} ms, ${waiting} waiting`,
    );
  }
  return pairs;
}

/** Breaks one contact point in each way, and measures the others with and without. */
export async function runBroken(options: BrokenOptions): Promise<BrokenFigures> {
  const { report, rate, seconds } = options;
  report.line(`others' p99 at ${rate}/s for ${seconds} s, with ${stoppedId} well and broken`);
  return withBenchFolder(async (folder) => {
    const contactPoints = new URL('../stopped/other-contact-points-entry.ts', import.meta.url);
    const bench = await startBenchLocal(folder, { contactPoints }, options.brokers);
    return withCleanUp(bench.stop, async () => {
      const load = await startLoadGenerator(targetOf(bench.local));
      return withCleanUp(load.stop, async () => {
        const { own: file } = splitFilesOf(join(bench.local.folder.keys, 'contact-points.json'));
        const measured: Measured = { bench, load, others: { load: load.pid }, except: stoppedId };
        const measureOthers = createMeasureOthers(measured, options);
        // Connections and code are warm before the first of the pairs.
        await measureOthers();
        const figures: Partial<Record<BrokenMode, StoppedFigures & { alarms: number }>> = {};
        for (const mode of brokenModes) {
          const before = await countAlarms(measured);
          const pairs = await measureMode(mode, { measured, file, options, measureOthers });
          const alarms = (await countAlarms(measured)) - before;
          figures[mode] = { rate, pairs, ...judgePairs(pairs), alarms };
        }
        const good = await startOwnContactPoint(file);
        await withCleanUp(good.stop, () => untilDrained({ ...measured, except: null }, drainMs));
        report.line('  well again: everything that waited has its receipt');
        return figures;
      });
    });
  });
}

/** Tells what breaking one did to the others. */
export function reportBroken(figures: BrokenFigures, report: Report): void {
  report.heading(`The others' p99 while ${stoppedId} is broken, median of the pairs`);
  for (const [mode, one] of Object.entries(figures)) {
    const verdict = one.held ? 'held' : 'NOT HELD';
    report.row(
      mode,
      `${one.medianWith} ms`,
      `without ${one.medianWithout}; difference ${one.medianDifference}, allowed ${one.allowedDifference}: ${verdict}; ${one.alarms} alarms`,
    );
  }
}
