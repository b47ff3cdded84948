import { expect, test } from 'vitest';
import { findSequentialScans, readPlans } from './plans.ts';

function entryOf(text: string, plan: object): string[] {
  const json = JSON.stringify({ 'Query Text': text, Plan: plan }, null, 2).split('\n');
  const indented = json.map((line) => `\t${line}`);
  return ['2026-11-25 12:00:00.000 UTC [42] 00000 LOG:  duration: 0.100 ms  plan:', ...indented];
}

const scan = { 'Node Type': 'Seq Scan', 'Relation Name': 'referral' };
const byIndex = { 'Node Type': 'Index Scan', 'Relation Name': 'dispatch', 'Index Name': 'dispatch_pkey' };
const join = { 'Node Type': 'Nested Loop', Plans: [byIndex, { 'Node Type': 'Hash', Plans: [scan] }] };

test('plans are read from between other lines, with the scans of all their nodes', () => {
  const lines = ['… LOG:  checkpoint starting', ...entryOf('select\n  1', join), '… LOG:  done', '}'];
  expect(readPlans(lines)).toEqual([
    { text: 'select 1', scans: ['Index Scan dispatch_pkey', 'Seq Scan referral'] },
  ]);
});

test('the same statement with the same plan is told once, with another plan again', () => {
  const lines = [...entryOf('select 1', scan), ...entryOf('select 1', scan), ...entryOf('select 1', byIndex)];
  expect(readPlans(lines)).toHaveLength(2);
});

test('only sequential scans of the big tables are found', () => {
  const statements = readPlans([...entryOf('a', scan), ...entryOf('b', byIndex)]);
  expect(findSequentialScans(statements, ['referral', 'dispatch']).map(({ text }) => text)).toEqual(['a']);
  expect(findSequentialScans(statements, ['dispatch'])).toEqual([]);
});

test('a scan in parallel is one too', () => {
  const parallel = { 'Node Type': 'Gather', Plans: [scan] };
  expect(findSequentialScans(readPlans(entryOf('a', parallel)), ['referral'])).toHaveLength(1);
});
