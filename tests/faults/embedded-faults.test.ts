import { beforeAll, describe, expect, test } from 'vitest';
import { commonKinds } from './schedule/fault.ts';
import { runFaults, type FaultReport } from './run/run-faults.ts';

const faults = 60;
const withinMs = 300_000;

describe('over the embedded exchange, with sixty faults one after the other', () => {
  let report: FaultReport;

  beforeAll(async () => {
    report = await runFaults({
      seed: 20_261,
      brokers: null,
      kinds: commonKinds,
      goesOn: (done) => done < faults,
    });
    for (const line of report.skipped) process.stderr.write(`\n*** SKIPPED: ${line} ***\n\n`);
  }, withinMs);

  test('nothing is lost, doubled, undone or invented', () => {
    expect(report.violations).toEqual([]);
    expect(report.accepted).toBeGreaterThan(faults);
  });

  test('every kind of fault came at least once', () => {
    const missing = commonKinds.filter((kind) => (report.counts[kind] ?? 0) === 0);
    // A small disk can only be mounted by root.
    expect(missing.filter((kind) => kind !== 'disk-full' || report.skipped.length === 0)).toEqual([]);
  });
});
