import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import {
  descendantsOf,
  makeTemporaryFolder,
  processesOf,
  runStart,
  type StartCommand,
} from '../setup/start-command.ts';

const few = ['--states', 'BE,FR', '--referrals', '30'];
const empty = ['--states', 'BE', '--referrals', '0'];
const stopWithinMs = 5_000;

async function interruptAt(
  run: StartCommand,
  moment: RegExp,
): Promise<{ code: number | null; tookMs: number }> {
  await run.untilWritten(moment);
  const atMs = performance.now();
  run.interrupt();
  const { code } = await run.exited;
  return { code, tookMs: performance.now() - atMs };
}

test.each([
  ['PostgreSQL starts', /Starting PostgreSQL/u, few],
  ['databases are made', /Starting databases/u, []],
  ['the parts start', /Starting hub/u, few],
  ['referrals are on their way', /Referrals/u, ['--states', 'BE,FR', '--referrals', '100000']],
])('Ctrl-C while %s ends everything within 5 seconds', async (_when, moment, args) => {
  const temporary = makeTemporaryFolder();
  const { code, tookMs } = await interruptAt(runStart(temporary, ...args), moment);
  expect(code).toBe(130);
  expect(tookMs).toBeLessThan(stopWithinMs);
  expect(processesOf(temporary)).toEqual([]);
  expect(runsIn(temporary)).toEqual([]);
});

test('a later start clears what a killed one left, stopped processes too, and leaves a running one alone', async () => {
  const temporary = makeTemporaryFolder();
  const data = join(temporary, 'kept');
  const bystander = runStart(temporary, '--states', 'NL', '--referrals', '5', '--data', data);
  await bystander.untilWritten(/until Ctrl-C/u);

  const intruder = runStart(temporary, '--once', ...empty, '--data', data);
  expect((await intruder.exited).code).toBe(1);
  expect(intruder.stderr()).toContain('Another Liaison is running on this data folder.');

  const killed = runStart(temporary, ...empty);
  await killed.untilWritten(/until Ctrl-C/u);
  const orphans = descendantsOf(killed.pid);
  // One of them cannot notice that its supervisor is gone.
  const stopped = orphans.find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('router'));
  expect(stopped).toBeDefined();
  process.kill(stopped ?? 0, 'SIGSTOP');
  process.kill(killed.pid, 'SIGKILL');
  await killed.exited;
  expect(processesOf(temporary)).toContain(stopped);

  const later = runStart(temporary, '--once', ...empty);
  expect((await later.exited).code).toBe(0);
  await vi.waitFor(() => {
    expect(processesOf(temporary).filter((pid) => orphans.includes(pid))).toEqual([]);
  });
  expect(processesOf(temporary)).toEqual(expect.arrayContaining([bystander.pid]));
  expect(runsIn(temporary)).toEqual([]);

  // After the summary, Ctrl-C is no failure.
  const { code, tookMs } = await interruptAt(bystander, /until Ctrl-C/u);
  expect(code).toBe(0);
  expect(tookMs).toBeLessThan(stopWithinMs);
  expect(processesOf(temporary)).toEqual([]);
});

/** Folders of temporary runs that are still there. */
function runsIn(temporary: string): string[] {
  const root = join(temporary, `liaison-${process.getuid?.() ?? 'user'}`);
  return readdirSync(root).filter((name) => name.startsWith('run-'));
}
