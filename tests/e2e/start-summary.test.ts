import { join } from 'node:path';
import { connect } from '@liaison/postgres';
import { silentLog } from '@liaison/service';
import { expect, inject, onTestFinished, test } from 'vitest';
import { makeTemporaryFolder, processesOf, runStart } from '../setup/start-command.ts';

interface Summary {
  readonly submitted: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly dispatched: number;
  readonly receipted: number;
  readonly missing: number;
  readonly mislabelled: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly perSecond: number;
  readonly submissionApiPeakMb: number;
  readonly ledger: { readonly size: number; readonly root: string; readonly verified: boolean };
  readonly countries: Readonly<Record<string, { readonly dispatched: number; readonly receipted: number }>>;
  readonly exchange: string;
  readonly urls: Readonly<Record<string, string>>;
}

function lastLineOf(text: string): Summary {
  return JSON.parse(text.trimEnd().split('\n').at(-1) ?? '') as Summary;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

test('the summary as JSON stands alone on standard output, its figures add up, and a second run goes on from the first', async () => {
  const temporary = makeTemporaryFolder();
  const args = ['--once', '--json', '--states', 'BE,FR,GR', '--data', join(temporary, 'kept')];
  const first = runStart(temporary, ...args, '--referrals', '120');
  expect((await first.exited).code).toBe(0);
  expect(first.stdout().trimEnd().split('\n')).toHaveLength(1);
  const summary = lastLineOf(first.stdout());
  expect(summary).toMatchObject({ submitted: 120, missing: 0, mislabelled: 0, exchange: 'embedded' });
  expect(summary.accepted + summary.rejected).toBe(120);
  expect(summary.rejected).toBeGreaterThan(0);
  expect(summary.rejected).toBeLessThanOrEqual(120 * 0.08);
  const countries = Object.values(summary.countries);
  expect(Object.keys(summary.countries).sort()).toEqual(['BE', 'FR', 'GR', 'europol']);
  expect(sum(countries.map(({ dispatched }) => dispatched))).toBe(summary.dispatched);
  expect(sum(countries.map(({ receipted }) => receipted))).toBe(summary.receipted);
  expect(summary.receipted).toBe(summary.dispatched);
  expect(summary.dispatched).toBeGreaterThan(summary.accepted);
  expect(summary.p50Ms).toBeLessThanOrEqual(summary.p99Ms);
  expect(summary.ledger.verified).toBe(true);
  expect(summary.ledger.size).toBeGreaterThan(summary.accepted + summary.dispatched + summary.receipted);
  expect(processesOf(temporary)).toEqual([]);

  const second = runStart(temporary, ...args, '--referrals', '20', '--seed', '2');
  expect((await second.exited).code).toBe(0);
  const after = lastLineOf(second.stdout());
  expect(after.submitted).toBe(20);
  expect(after.ledger.size).toBeGreaterThan(summary.ledger.size + 20);
  expect(after.ledger.verified).toBe(true);
});

test('a server given by its address is used, and left as it was', async () => {
  const temporary = makeTemporaryFolder();
  const databaseUrl = inject('databaseUrl');
  const admin = connect({ url: databaseUrl, applicationName: 'test', maxConnections: 1, log: silentLog });
  onTestFinished(() => admin.end());
  // Other tests have their own there: what is looked for is what has come and not gone. The three roles without login
  // stay, for they belong to every installation on a server.
  const read = async (): Promise<string[]> => {
    const { rows } = await admin.query<{ name: string }>(
      `select datname as name from pg_database union all
       select rolname from pg_roles where rolname not in ('liaison_audit', 'liaison_router', 'liaison_submission_api')
       order by 1`,
    );
    return rows.map(({ name }) => name);
  };
  const before = await read();
  const args = ['--once', '--json', '--referrals', '20', '--states', 'BE'];
  const run = runStart(temporary, ...args, '--database-url', databaseUrl);
  await run.untilWritten(/Referrals/u);
  expect((await read()).length).toBeGreaterThan(before.length);
  expect((await run.exited).code).toBe(0);
  expect(lastLineOf(run.stdout())).toMatchObject({ submitted: 20, missing: 0 });
  expect(await read()).toEqual(before);
});
