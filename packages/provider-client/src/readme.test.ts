import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { playHub } from '../fixtures/play-hub.ts';
import { runNode } from '../fixtures/run-liaison.ts';
import { createExample } from './index.ts';

const root = new URL('..', import.meta.url);

test('the example of the README submits a referral and shows its receipt', { timeout: 30_000 }, async () => {
  const code = /```js\n([^`]+)```/.exec(readFileSync(new URL('README.md', root), 'utf8'))?.[1] ?? '';
  const hub = await playHub(() => Date.now());
  const folder = mkdtempSync(join(tmpdir(), 'liaison-'));
  const files = {
    'membership.json': hub.membership,
    'private.jwks.json': { keys: [{ ...hub.member.pair.privateJwk, use: 'sig' }] },
    'first.json': createExample('material', {
      participantId: hub.member.id,
      nowMs: Date.now(),
      id: '019a7c3e-5b00-7001-8000-000000000001',
    }),
  };
  const paths = Object.entries(files).map(([name, value]) => {
    writeFileSync(join(folder, name), JSON.stringify(value));
    return join(folder, name);
  });
  const args = ['--input-type=module', '--eval', code, ...paths];
  const ended = await runNode(args, fileURLToPath(root));
  await hub.close();
  rmSync(folder, { recursive: true });
  expect(ended).toMatchObject({ code: 0, err: '' });
  expect(ended.out).toMatch(/^accepted [0-9a-f-]{36} ey/);
});
