import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ChildMessage } from '@liaison/service';
import type { AuditSecrets } from '../src/index.ts';
import { expect, onTestFinished, test } from 'vitest';
import { createHub, plainDrafts, readLog, readPending, type Hub } from './hub-fixture.ts';
import { logKey } from './log-fixture.ts';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

async function writeSecrets(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'liaison-audit-'));
  onTestFinished(async () => rm(folder, { recursive: true }));
  const file = path.join(folder, 'secrets.json');
  await writeFile(file, JSON.stringify({ logKey } satisfies AuditSecrets), { mode: 0o600 });
  return file;
}

async function startProcess(
  hub: Hub,
  changes: Record<string, string> = {},
): Promise<{ child: ChildProcess; message: ChildMessage }> {
  const env = {
    PORT: '0',
    ENTRIES_PORT: '0',
    INSTANCE: 'test',
    DATABASE_URL: hub.auditUrl,
    SECRETS_FILE: await writeSecrets(),
    LOG_LEVEL: 'silent',
    ...changes,
  };
  const child = fork(main, { env, silent: true });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const [message] = (await once(child, 'message')) as [ChildMessage];
  return { child, message };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<unknown[]> {
  const exited = once(child, 'exit');
  child.kill(signal);
  return exited;
}

/** Kills the process in the midst of its work. */
async function killOnceGrown(hub: Hub, child: ChildProcess): Promise<void> {
  const readLength = async (): Promise<number> => (await readLog(hub)).positions.length;
  const grown = (await readLength()) + 300;
  await expect.poll(readLength, { timeout: 20_000, interval: 5 }).toBeGreaterThan(grown);
  await end(child, 'SIGKILL');
}

test('killed again and again while events come in, it loses none and doubles none', async () => {
  const hub = await createHub();
  const eventIds: string[] = [];
  for (let round = 1; round <= 3; round += 1) {
    const { child } = await startProcess(hub);
    const killed = killOnceGrown(hub, child);
    for (let write = 0; write < 60; write += 1) eventIds.push(...(await hub.append(plainDrafts(10))));
    await killed;
  }
  const { child } = await startProcess(hub);
  await expect.poll(async () => readPending(hub), { timeout: 20_000 }).toEqual([]);
  expect(await end(child, 'SIGTERM')).toEqual([0, null]);
  const log = await readLog(hub);
  expect(log.eventIds).toEqual(eventIds);
  expect(log.positions).toEqual(eventIds.map((_id, index) => index));
});

test('it tells its supervisor where it answers', async () => {
  const { child, message } = await startProcess(await createHub());
  expect(message).toEqual({
    kind: 'ready',
    addresses: {
      log: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as string,
      entries: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as string,
      operations: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as string,
    },
  });
  expect(await end(child, 'SIGTERM')).toEqual([0, null]);
});

test.each([
  ['an address of entries that is not loopback', { ENTRIES_HOST: '0.0.0.0' }, 'address-not-loopback'],
])('%s keeps it from starting', async (_what, changes, code) => {
  const { message } = await startProcess(await createHub(), changes);
  expect(message).toEqual({ kind: 'failed', codes: [code] });
});
