import { rounded } from '../figures/statistics.ts';
import { describeLatencies } from '../main-job/report-figures.ts';
import type { Report } from '../report.ts';
import type { AgedFigures } from './run-age.ts';

const pageWithinMs = 100;
const shownLength = 100;
/** A statement that looks at so many times as many pages has grown with age. */
const grownFactor = 1.5;
const grownPages = 8;

/** Tells what each size cost, what scans, and which statements do more on the larger database. */
export function reportAge(sizes: readonly AgedFigures[], report: Report): void {
  for (const { grown, run, scans, sequentialScans, pages, plans } of sizes) {
    report.heading(`On ${grown.referrals} referrals (${Math.round(grown.bytes / 2 ** 20)} MB)`);
    const { submissionApi, router, audit, postgres } = run.cpuPerReferralMs;
    report.row('referrals a second', `${run.perSecond}`);
    report.row('hub, processor time', `${rounded(submissionApi + router + audit, 2)} ms`);
    report.row('PostgreSQL, processor time', `${rounded(postgres, 2)} ms`);
    report.line(`  to the last receipt: ${describeLatencies(run.latencyMs)}`);
    if (run.unfinished > 0) report.row('WITHOUT ALL RECEIPTS', `${run.unfinished}`);
    for (const { page, status, firstMs, medianMs, maxMs } of pages) {
      const late = Math.max(firstMs, maxMs) > pageWithinMs ? '  OVER 100 ms' : '';
      report.row(page, `${medianMs} ms`, `status ${status}, first ${firstMs}, at most ${maxMs}${late}`);
    }
    report.row('plans seen', `${plans.length}`);
    for (const { table, scans: count, rowsRead } of scans)
      report.row(`SCANNED ${table}`, `${count}`, `${rowsRead} rows in all`);
    for (const { text } of sequentialScans) report.line(`  SEQUENTIAL SCAN  ${text.slice(0, shownLength)}`);
  }
  const [small, large] = [sizes[0], sizes.at(-1)];
  if (small === undefined || large === undefined || small === large) return;
  report.heading('Statements that look at more pages on the larger one');
  for (const { text, pagesPerCall, meanMs } of large.statements) {
    const before = small.statements.find((one) => one.text === text);
    if (before === undefined || pagesPerCall < before.pagesPerCall * grownFactor + grownPages) continue;
    report.line(
      `  ${before.pagesPerCall} → ${pagesPerCall} pages, ${before.meanMs} → ${meanMs} ms  ${text.slice(0, shownLength)}`,
    );
  }
}
