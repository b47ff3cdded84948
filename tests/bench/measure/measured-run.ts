import { setTimeout as sleep } from 'node:timers/promises';
import type { BacklogSample } from '../figures/rate-search.ts';
import { latenciesOf, rounded, type Latencies } from '../figures/statistics.ts';
import type { LoadGenerator } from '../load/load-generator.ts';
import type { LoadResult, Pace, Preparation } from '../load/load-messages.ts';
import type { BenchLocal } from '../local/bench-local.ts';
import { countUnderWay, readCompletions, readParcels, type ParcelFigures } from './progress.ts';
import {
  readUsage,
  usagePerReferral,
  type CpuByPart,
  type OtherProcesses,
  type UsageMoment,
} from './usage.ts';

/** Where a run is measured. */
export interface Measured {
  readonly bench: BenchLocal;
  readonly load: LoadGenerator;
  readonly others: OtherProcesses;
  /** Addressee whose dispatches count for nothing, because it is stopped. */
  readonly except: string | null;
}

/** A run to be measured. */
export interface RunPlan {
  readonly pace: Pace;
  /** What goes before is not measured. */
  readonly warmUpSeconds: number;
  readonly preparation: Omit<Preparation, 'count'>;
  /** No more than this many a second are expected; closed loop only. */
  readonly mostPerSecond?: number;
}

/** What a run came to, after its warm-up. */
export interface RunFigures {
  readonly seconds: number;
  readonly submitted: number;
  readonly refused: Readonly<Record<string, number>>;
  /** Referrals whose last receipt was committed in the measured time. */
  readonly completed: number;
  readonly perSecond: number;
  /** Milliseconds for each of them. */
  readonly cpuPerReferralMs: CpuByPart;
  readonly parcels: ParcelFigures;
  /** From submission to the hub's commit of the last receipt. */
  readonly latencyMs: Latencies;
  /** From submission to the signed receipt of the hub. */
  readonly answerMs: Latencies;
  /** Accepted and without all receipts in the end; none, if nothing is wrong. */
  readonly unfinished: number;
  readonly behindMs: number;
  readonly backlog: readonly BacklogSample[];
}

const tallyEveryMs = 150;
const drainWithinMs = 90_000;
const countSpareShare = 1.02;

/** Tells the load generator how much is under way, and writes it down, until it is stopped. */
export async function watchBacklog(measured: Measured, stopped: AbortSignal): Promise<BacklogSample[]> {
  const samples: BacklogSample[] = [];
  const beganMs = Date.now();
  while (!stopped.aborted) {
    const referrals = await countUnderWay(measured.bench.hub, measured.except);
    measured.load.tell(referrals);
    samples.push({ atMs: Date.now() - beganMs, referrals });
    await sleep(tallyEveryMs);
  }
  return samples;
}

/** Waits until nothing is under way any more, or for so long that it will not come. */
export async function untilDrained(measured: Measured, withinMs = drainWithinMs): Promise<void> {
  const untilMs = Date.now() + withinMs;
  while (Date.now() < untilMs) {
    if ((await countUnderWay(measured.bench.hub, measured.except)) === 0) return;
    await sleep(tallyEveryMs);
  }
}

interface Ran {
  readonly result: LoadResult;
  readonly backlog: readonly BacklogSample[];
  readonly from: UsageMoment;
  readonly to: UsageMoment;
}

async function run(measured: Measured, plan: RunPlan): Promise<Ran> {
  const { bench, load, others } = measured;
  const usage = (): Promise<UsageMoment> => readUsage(bench.local, bench.hub, others);
  const stopping = new AbortController();
  const watching = watchBacklog(measured, stopping.signal);
  const running = load.run(plan.pace);
  const endMs = Date.now() + plan.pace.seconds * 1000;
  try {
    await sleep(plan.warmUpSeconds * 1000);
    const from = await usage();
    await sleep(Math.max(0, endMs - Date.now()));
    const to = await usage();
    const result = await running;
    stopping.abort();
    return { result, backlog: await watching, from, to };
  } finally {
    stopping.abort();
  }
}

function countOf({ pace, mostPerSecond = 450 }: RunPlan): number {
  const perSecond = pace.kind === 'open' ? pace.rate : mostPerSecond;
  return Math.ceil(perSecond * pace.seconds * countSpareShare);
}

/** Prepares referrals, submits them at the pace of the plan, and measures what they cost, until all are done. */
export async function measureRun(measured: Measured, plan: RunPlan): Promise<RunFigures> {
  const { hub } = measured.bench;
  await measured.load.prepare({ ...plan.preparation, count: countOf(plan) });
  const { result, backlog, from, to } = await run(measured, plan);
  await untilDrained(measured);
  const done = await readCompletions(hub, result.ids, measured.except);
  const seconds = (to.atMs - from.atMs) / 1000;
  const completed = done.filter((at) => at !== null && at >= from.atMs && at < to.atMs).length;
  const settled = result.postedMs.map((posted) => posted >= from.atMs);
  const latencies = done.flatMap((at, index) => {
    const posted = result.postedMs[index];
    return at === null || posted === undefined || settled[index] !== true ? [] : [at - posted];
  });
  return {
    seconds: rounded(seconds),
    submitted: result.submitted,
    refused: result.refused,
    completed,
    perSecond: rounded(completed / seconds),
    cpuPerReferralMs: usagePerReferral(from, to, completed),
    parcels: await readParcels(hub, from.atMs, to.atMs),
    latencyMs: latenciesOf(latencies),
    answerMs: latenciesOf(result.answerMs.filter((_ms, index) => settled[index] === true)),
    unfinished: done.filter((at) => at === null).length,
    behindMs: rounded(result.behindMs),
    backlog,
  };
}
