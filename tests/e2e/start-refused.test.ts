import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { startDatabase } from '@liaison/embedded-database';
import { silentLog } from '@liaison/service';
import { expect, onTestFinished, test } from 'vitest';
import { makeTemporaryFolder, processesOf, runStart } from '../setup/start-command.ts';

const few = ['--once', '--states', 'BE', '--referrals', '5'];

/** What a refused start printed last: one sentence. */
async function refusalOf(temporary: string, ...args: readonly string[]): Promise<string> {
  const run = runStart(temporary, ...few, ...args);
  const { code } = await run.exited;
  expect(code).toBe(1);
  expect(processesOf(temporary)).toEqual([]);
  return run.stderr().trimEnd().split('\n').at(-1) ?? '';
}

test('a port in use is told with its number', async () => {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  onTestFinished(async () => {
    holder.close();
    await once(holder, 'close');
  });
  const address = holder.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const sentence = await refusalOf(makeTemporaryFolder(), '--port', String(port));
  expect(sentence).toMatch(/^A port .* is in use: .*--port.* \(port \d+\)$/u);
  expect(sentence).toContain(`port ${port}`);
});

test('a data folder of another version is refused, and nothing in it is touched', async () => {
  const temporary = makeTemporaryFolder();
  const data = join(temporary, 'kept');
  mkdirSync(data);
  writeFileSync(join(data, 'version.json'), '{"liaison":0}\n');
  const sentence = await refusalOf(temporary, '--data', data);
  expect(sentence).toMatch(/^The data folder was written by another version of Liaison: /u);
  expect(spawnSync('ls', ['-A', data], { encoding: 'utf8' }).stdout).toBe('version.json\n');
});

test('a folder that holds something else is not taken for data', async () => {
  const temporary = makeTemporaryFolder();
  const data = join(temporary, 'photographs');
  mkdirSync(data);
  writeFileSync(join(data, 'holiday.txt'), 'sun');
  expect(await refusalOf(temporary, '--data', data)).toMatch(/^The data folder /u);
});

test('a server that allows too few connections is refused with the number that is needed', async () => {
  const temporary = makeTemporaryFolder();
  const folder = join(temporary, 'small-server');
  const server = await startDatabase({ folder, log: silentLog, maxConnections: 40 });
  try {
    const run = runStart(temporary, ...few, '--database-url', server.url);
    expect((await run.exited).code).toBe(1);
    expect(run.stderr().trimEnd().split('\n').at(-1)).toMatch(/too few connections: \d+ are needed/u);
  } finally {
    await server.stop();
  }
});

test('a server that nobody answers at is told as such', async () => {
  const url = 'postgres://nobody:secret-of-nobody@127.0.0.1:9/postgres';
  const sentence = await refusalOf(makeTemporaryFolder(), '--database-url', url);
  expect(sentence).toMatch(/--database-url cannot be reached/u);
  expect(sentence).not.toContain('secret-of-nobody');
});

test('a full disk is told as such', async (context) => {
  const temporary = makeTemporaryFolder();
  const data = join(temporary, 'small-disk');
  mkdirSync(data);
  const options = 'size=60m,mode=711';
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', data]);
  context.skip(mounted.status !== 0, 'mounting is not allowed here: the full disk was not tried');
  onTestFinished(() => void spawnSync('umount', ['-l', data]));
  expect(await refusalOf(temporary, '--data', data)).toBe(
    'The disk is full: free some space and start again.',
  );
});
