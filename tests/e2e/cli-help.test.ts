import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addressesOf } from '@liaison/local';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runInShell } from '../setup/cli-world.ts';
import { runScript } from '../setup/run-script.ts';
import { startTestLocal, type TestLocal } from '../setup/start-test-local.ts';
import { until } from '../setup/submitting.ts';

let whole: TestLocal;
let folder: string;

beforeAll(async () => {
  whole = await startTestLocal({ states: ['BE'] });
  folder = mkdtempSync(join(tmpdir(), 'liaison-help-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await whole.stop();
});

async function examplesOf(command: string): Promise<string[]> {
  const { code, out } = await runInShell(folder, `pnpm liaison ${command} --help`);
  expect(code).toBe(0);
  return [...out.matchAll(/^ +\$ (.+)$/gm)].map(([, line = '']) => line);
}

async function register(): Promise<void> {
  const settings = join(whole.local.folder.keys, 'hub-settings.json');
  const name = ['--name', 'A service', '--establishment', 'BE'];
  const keys = ['--jwks', join(folder, 'keys', 'public.jwks.json')];
  const args = ['--settings', settings, 'register', 'my-service', '--kind', 'provider', ...name, ...keys];
  const { code, out, err } = await runScript('hub', args);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  writeFileSync(join(folder, 'membership.json'), out);
  const { submissionApi } = addressesOf(whole.local.ports);
  await until('the directory lists the newcomer', async () => {
    const jws = await (await fetch(`${submissionApi}/v1/directory`)).text();
    return Buffer.from(jws.split('.')[1] ?? '', 'base64url').includes('"my-service"');
  });
}

async function exportLog(): Promise<void> {
  const answer = await fetch(`${addressesOf(whole.local.ports).entries}/log/export`);
  writeFileSync(join(folder, 'log.ndjson'), await answer.text());
}

/** Runs an example as it stands; a proof waits for the checkpoint that has it. */
async function runExample(line: string): Promise<void> {
  let ended = { code: -1, out: '', err: '' };
  const isProof = line.includes('verify proof') && line.includes('--fetch');
  await until(line, async () => {
    ended = await runInShell(folder, line);
    return !isProof || ended.code === 0;
  });
  expect({ line, ...ended }).toMatchObject({ line, code: 0, err: '' });
}

test(
  'every example of the help works as it stands, one after the other, against a live hub',
  { timeout: 300_000 },
  async () => {
    mkdirSync(folder, { recursive: true });
    const [keygen = '', ...steps] = await examplesOf('');
    expect(steps).toHaveLength(4);
    await runExample(keygen);
    await register();
    for (const line of steps) await runExample(line);
    const commands = [
      'keygen',
      'example',
      'validate',
      'submit',
      'status',
      'verify',
      'verify receipt',
      'verify proof',
    ];
    for (const command of commands) {
      const examples = await examplesOf(command);
      expect({ command, examples: examples.length }).not.toEqual({ command, examples: 0 });
      for (const line of examples) await runExample(line);
    }
    await exportLog();
    for (const line of await examplesOf('verify log')) await runExample(line);
    const feed = readFileSync(join(folder, 'feed.ndjson'), 'utf8').trim().split('\n');
    expect(feed.every((line) => typeof JSON.parse(line) === 'object')).toBe(true);
  },
);
