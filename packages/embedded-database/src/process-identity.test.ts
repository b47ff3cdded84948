import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { expect, onTestFinished, test } from 'vitest';

import { identify, isSame, signalProcess, startFromPs } from './process-identity.ts';
import { runCommand } from './unprivileged-user.ts';

function startSleeper() {
  const child = spawn('sleep', ['600'], { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  return { child, pid: child.pid ?? 0 };
}

test('a process stays the same until it ends', async () => {
  const { child, pid } = startSleeper();
  const identity = await identify(pid, runCommand);
  expect(identity).toMatchObject({ pid });
  expect(await identify(pid, runCommand)).toEqual(identity);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await identify(pid, runCommand)).toBeUndefined();
});

test('a process that started at another time is another one, and gets no signal', async () => {
  const { child, pid } = startSleeper();
  const other = { pid, startedAt: 'another time' };
  expect(await isSame(other, runCommand)).toBe(false);
  await signalProcess(other, { signal: 'SIGKILL', run: runCommand });
  expect(child.signalCode).toBeNull();
  const identity = await identify(pid, runCommand);
  await signalProcess(identity ?? other, { signal: 'SIGTERM', run: runCommand });
  expect(await once(child, 'exit')).toEqual([null, 'SIGTERM']);
});

test('without /proc, ps tells when a process started', async () => {
  const { pid } = startSleeper();
  expect(await startFromPs(pid, runCommand)).toMatch(/\d\d:\d\d:\d\d \d{4}$/u);
  expect(await startFromPs(pid, async () => 'Z+ Sat Nov 22 14:00:00 2025')).toBeUndefined();
  const failing = async () => {
    throw new Error('no such process');
  };
  expect(await startFromPs(pid, failing)).toBeUndefined();
});
