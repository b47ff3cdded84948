import { chmod, mkdir, mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { findPlace } from './place.ts';

const stranger = { uid: 4_000_000, gid: 4_000_000 };
const sharedFolder = '/nowhere/liaison';

async function makeParent(mode: number): Promise<string> {
  const parent = await realpath(await mkdtemp(path.join(tmpdir(), 'place-')));
  await chmod(parent, mode);
  onTestFinished(async () => rm(parent, { recursive: true }));
  return parent;
}

test('where the user can pass, the place is the folder asked for', async () => {
  const folder = path.join(await makeParent(0o711), 'not', 'yet');
  expect((await findPlace(folder, { user: stranger, sharedFolder })).folder).toBe(folder);
});

test('where the user cannot pass, it lies in the shared folder, always at the same path', async () => {
  const folder = path.join(await makeParent(0o700), 'not', 'yet');
  const place = await findPlace(folder, { user: stranger, sharedFolder });
  expect(path.dirname(place.folder)).toBe(sharedFolder);
  expect(await findPlace(folder, { user: stranger, sharedFolder })).toEqual(place);
  expect(await findPlace(`${folder}2`, { user: stranger, sharedFolder })).not.toEqual(place);
});

test('once data lie in the shared folder, that stays their place', async () => {
  const parent = await makeParent(0o700);
  const shared = await makeParent(0o755);
  const options = { user: stranger, sharedFolder: shared };
  const place = await findPlace(path.join(parent, 'database'), options);
  await mkdir(place.folder);
  await chmod(parent, 0o755);
  expect(await findPlace(path.join(parent, 'database'), options)).toEqual(place);
});

test('the folder itself may be closed: it gets the mode it needs', async () => {
  const parent = await makeParent(0o711);
  await mkdir(path.join(parent, 'database'), { mode: 0o700 });
  const place = await findPlace(path.join(parent, 'database'), { user: stranger, sharedFolder });
  expect(place.folder).toBe(path.join(parent, 'database'));
});

test('who runs it himself stays where he is, by the real path', async () => {
  const parent = await makeParent(0o700);
  await mkdir(path.join(parent, 'real'));
  await symlink('real', path.join(parent, 'link'));
  const place = await findPlace(path.join(parent, 'link', 'database'), { user: undefined, sharedFolder });
  expect(place.data).toBe(path.join(parent, 'real', 'database', 'data'));
});
