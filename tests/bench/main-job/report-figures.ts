import type { BaselineFigures } from '../baseline/run-baseline.ts';
import { rounded, type Latencies } from '../figures/statistics.ts';
import type { RunFigures } from '../measure/measured-run.ts';
import type { Report } from '../report.ts';
import type { SealFigures } from '../seal/run-seal.ts';
import type { MainJobFigures } from './run-main-job.ts';

/** Latencies on one line. */
export function describeLatencies({ p50, p95, p99, max }: Latencies): string {
  return `p50 ${p50 ?? '–'}, p95 ${p95 ?? '–'}, p99 ${p99 ?? '–'}, max ${max ?? '–'} ms`;
}

function milliseconds(value: number): string {
  return `${rounded(value, 2).toFixed(2)} ms`;
}

type Figures = Omit<RunFigures, 'backlog'>;

/** Processor time of the hub's processes for one referral, and the part of it that is JOSE, by the profile. */
function hubCostOf({ closedLoop, profile }: MainJobFigures): { totalMs: number; joseMs: number } {
  const { submissionApi, router, audit } = closedLoop.cpuPerReferralMs;
  const shareOf = (name: string): number => {
    const one = profile[name];
    return one === undefined || one.activeMs === 0 ? 0 : one.joseMs / one.activeMs;
  };
  return {
    totalMs: submissionApi + router + audit,
    joseMs: submissionApi * shareOf('submission-api') + router * shareOf('router') + audit * shareOf('audit'),
  };
}

function reportCost(real: MainJobFigures, report: Report): void {
  const { cpuPerReferralMs: cpu } = real.closedLoop;
  const { totalMs, joseMs } = hubCostOf(real);
  report.heading('Processor time for each referral');
  report.row('hub', milliseconds(totalMs), `${milliseconds(totalMs - joseMs)} without JOSE`);
  report.row('  submission API', milliseconds(cpu.submissionApi));
  report.row('  router', milliseconds(cpu.router));
  report.row('  audit', milliseconds(cpu.audit));
  report.row('  of which JOSE, by profile', milliseconds(joseMs));
  report.row('contact points', milliseconds(cpu.contactPoints));
  report.row('PostgreSQL', milliseconds(cpu.postgres));
  for (const [name, value] of Object.entries(cpu.postgresParts)) report.row(`  ${name}`, milliseconds(value));
  report.row('load generator', milliseconds(cpu.load));
  if (cpu.brokers > 0) report.row('Kafka', milliseconds(cpu.brokers));
  for (const [name, { activeMs, packages }] of Object.entries(real.profile)) {
    const top = packages.slice(0, 8).map((one) => `${one.name} ${Math.round((100 * one.ms) / activeMs)} %`);
    report.line(`  ${name}: ${top.join(', ')}`);
  }
  report.heading('Memory, at most, MB');
  for (const [name, mb] of Object.entries(real.residentMb)) report.row(name, `${mb ?? 'unknown'}`);
}

function reportRun(name: string, figures: Figures, report: Report): void {
  report.heading(name);
  report.row('referrals a second', `${figures.perSecond}`, `${figures.completed} in ${figures.seconds} s`);
  const { meanMessages, meanBytes } = figures.parcels;
  report.row('dispatches in a parcel', `${meanMessages}`, `${meanBytes} bytes on the wire`);
  report.line(`  to the last receipt: ${describeLatencies(figures.latencyMs)}`);
  report.line(`  to the signed answer: ${describeLatencies(figures.answerMs)}`);
  if (figures.unfinished > 0) report.row('WITHOUT ALL RECEIPTS', `${figures.unfinished}`);
  for (const [what, count] of Object.entries(figures.refused)) report.row(`REFUSED ${what}`, `${count}`);
}

/** Tells what the main job came to. */
export function reportMainJob(real: MainJobFigures, report: Report): void {
  reportRun('Main job, closed loop', real.closedLoop, report);
  reportCost(real, report);
  const { highestHeld, at50 } = real;
  if (highestHeld === null) report.heading('No rate was held');
  else reportRun(`Highest rate held: ${highestHeld.rate}/s`, highestHeld.figures, report);
  reportRun('At 50/s', at50, report);
}

/** Tells what the baseline came to, beside the main job where one was measured. */
export function reportBaseline(bare: BaselineFigures, report: Report, real?: MainJobFigures): void {
  report.heading('Bare baseline');
  report.row(
    'referrals a second',
    `${bare.perSecond}`,
    `${bare.completed} in ${bare.seconds} s, one process`,
  );
  report.row('dispatches in a parcel', `${bare.meanMessages}`, `${bare.meanBytes} bytes on the wire`);
  const { node, postgres } = bare.cpuPerReferralMs;
  report.row('processor time, Node', milliseconds(node));
  report.row('processor time, PostgreSQL', milliseconds(postgres));
  if (real === undefined) return;
  const { cpuPerReferralMs: cpu, perSecond } = real.closedLoop;
  const realNode = hubCostOf(real).totalMs + cpu.contactPoints;
  const ratio = (one: number, other: number): string => `${rounded(one / other, 2)}×`;
  report.heading('Liaison / baseline');
  report.row('referrals a second', ratio(perSecond, bare.perSecond));
  report.row('processor time, Node', ratio(realNode, node), 'hub and contact points');
  report.row('processor time, PostgreSQL', ratio(cpu.postgres, postgres));
  report.row(
    'processor time in all',
    ratio(realNode + cpu.postgres, node + postgres),
    'without the load generator',
  );
}

/** Tells what sealing costs. */
export function reportSeal(figures: SealFigures, report: Report): void {
  report.heading('Operations a second (processor time of one)');
  for (const [operation, libraries] of Object.entries(figures)) {
    for (const [library, { perSecond, cpuMs }] of Object.entries(libraries))
      report.row(`${operation}, ${library}`, `${perSecond}`, `${cpuMs} ms`);
  }
}
