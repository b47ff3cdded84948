import { chmod, mkdir, mkdtemp, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { ensureOwnFolder } from './own-folder.ts';

const uid = process.getuid?.() ?? -1;

async function makeParent(): Promise<string> {
  const parent = await mkdtemp(path.join(tmpdir(), 'own-folder-'));
  onTestFinished(async () => rm(parent, { recursive: true }));
  return parent;
}

test('a missing folder is made with the mode asked for', async () => {
  const folder = path.join(await makeParent(), 'a', 'b');
  await ensureOwnFolder(folder, { uid, mode: 0o711 });
  expect((await stat(folder)).mode & 0o777).toBe(0o711);
});

test('a folder of ours that others could write is closed to them', async () => {
  const folder = await makeParent();
  await chmod(folder, 0o777);
  await ensureOwnFolder(folder, { uid, mode: 0o700 });
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
});

test('a symbolic link in its place is refused', async () => {
  const parent = await makeParent();
  await mkdir(path.join(parent, 'target'));
  await symlink('target', path.join(parent, 'link'));
  const attempt = ensureOwnFolder(path.join(parent, 'link'), { uid, mode: 0o700 });
  await expect(attempt).rejects.toMatchObject({ code: 'folder-unusable' });
});

test('a folder that another user made first is refused', async () => {
  const attempt = ensureOwnFolder(await makeParent(), { uid: uid + 1, mode: 0o700 });
  await expect(attempt).rejects.toMatchObject({ code: 'folder-unusable' });
});
