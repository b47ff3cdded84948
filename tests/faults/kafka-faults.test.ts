import { beforeAll, describe, expect, test } from 'vitest';
import { canRunKafka } from '../setup/kafka-or-skip.ts';
import { brokerKinds, commonKinds } from './schedule/fault.ts';
import { runFaults, type FaultReport } from './run/run-faults.ts';

const kinds = [...commonKinds, ...brokerKinds];
const withinMs = 300_000;
const hasKafka = await canRunKafka();

describe.runIf(hasKafka)('over three brokers of Kafka, with every kind of fault', () => {
  let report: FaultReport;

  beforeAll(async () => {
    report = await runFaults({ seed: 20_262, brokers: 3, kinds, goesOn: (done) => done < kinds.length });
    for (const line of report.skipped) process.stderr.write(`\n*** SKIPPED: ${line} ***\n\n`);
  }, withinMs);

  test('nothing is lost, doubled, undone or invented', () => {
    expect(report.violations).toEqual([]);
    expect(report.accepted).toBeGreaterThan(kinds.length);
  });

  test('every kind of fault came at least once', () => {
    const missing = kinds.filter((kind) => (report.counts[kind] ?? 0) === 0);
    expect(missing.filter((kind) => kind !== 'disk-full' || report.skipped.length === 0)).toEqual([]);
  });
});
