import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { createLogFile } from './log-file.ts';

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'log-file-'));
  onTestFinished(async () => rm(folder, { recursive: true }));
  return folder;
}

test('lines are appended to a file that only its owner can read', async () => {
  const file = path.join(await makeFolder(), 'x.log');
  createLogFile(file, { maxBytes: 100 }).write('one');
  createLogFile(file, { maxBytes: 100 }).write('two');
  expect(await readFile(file, 'utf8')).toBe('one\ntwo\n');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test('a file that has grown enough is put aside, one generation', async () => {
  const file = path.join(await makeFolder(), 'x.log');
  const log = createLogFile(file, { maxBytes: 5 });
  for (const line of ['first', 'second', 'third']) log.write(line);
  expect(await readFile(file, 'utf8')).toBe('third\n');
  expect(await readFile(`${file}.1`, 'utf8')).toBe('second\n');
});

test('a file that cannot be written stops nobody', () => {
  const log = createLogFile('/nowhere/x.log', { maxBytes: 5 });
  expect(() => {
    log.write('line');
  }).not.toThrow();
});
