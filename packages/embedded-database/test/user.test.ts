import { execFileSync, spawnSync } from 'node:child_process';
import { mkdir, readdir, stat } from 'node:fs/promises';
import path from 'node:path';

import { describe, expect, onTestFinished, test } from 'vitest';

import { clearOrphan, removeDatabase } from '../src/index.ts';
import { findBinaries } from '../src/binaries.ts';
import { thisMachine } from '../src/machine.ts';
import { findReachableBinaries } from '../src/reachable-binaries.ts';
import { isTraversable } from '../src/reachability.ts';
import { findUnprivilegedUser, runCommand } from '../src/unprivileged-user.ts';
import { countProcesses, log, makeFolder, start } from './test-folder.ts';

const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
const nobody = { uid: 65_534, gid: 65_534 };

describe.runIf(isRoot)('started by root', () => {
  test('the server runs as a user without rights, to whom the password is closed', async () => {
    const { database } = await start({ folder: await makeFolder() });
    const { uid } = await stat(`/proc/${database.pid}`);
    expect(uid).not.toBe(0);
    expect((await stat(path.join(database.folder, 'secret'))).uid).toBe(0);
  });

  test('in a folder that only root may enter, data and binaries lie elsewhere and are found again', async () => {
    const sharedFolder = await makeFolder(0o755);
    const closed = await makeFolder(0o700);
    const machine = { ...thisMachine(), sharedFolder };
    const folder = path.join(closed, 'database');
    const first = await start({ folder }, machine);
    expect(path.dirname(first.database.folder)).toBe(sharedFolder);
    await first.sql.query('create table item as select 7 as id');
    await first.sql.end();
    process.kill(first.database.pid, 'SIGKILL');
    await first.database.exited;
    // Opened meanwhile: the data stay where they are.
    execFileSync('chmod', ['755', closed]);
    const second = await start({ folder }, machine);
    expect(second.database.folder).toBe(first.database.folder);
    await expect(removeDatabase(folder, machine)).rejects.toMatchObject({ code: 'already-running' });
    expect((await second.sql.query('select id from item')).rows).toEqual([{ id: 7 }]);
    await second.database.stop();
    expect(await clearOrphan(folder, { log }, machine)).toBe('nothing');
    expect(await countProcesses(first.database.folder)).toBe(0);
    await removeDatabase(folder, machine);
    // Where this checkout itself lies in such a folder, the copied binaries stay for the next start.
    const left = (await readdir(sharedFolder)).filter((name) => !name.startsWith('postgresql-'));
    expect(left).toEqual([]);
  });

  test('binaries in a folder that only root may enter are copied to where only root may write', async () => {
    const sharedFolder = path.join(await makeFolder(0o755), 'shared');
    const closed = await makeFolder(0o700);
    const installed = await findBinaries(process);
    execFileSync('cp', ['-a', installed.folder, `${closed}/native`]);
    const user = await findUnprivilegedUser(0, runCommand);
    const binaries = { ...installed, folder: path.join(closed, 'native') };
    const copy = await findReachableBinaries(binaries, { user, sharedFolder });
    expect(path.dirname(copy.folder)).toBe(sharedFolder);
    const version = execFileSync(path.join(copy.folder, 'bin/postgres'), ['--version'], {
      ...user,
      cwd: '/',
    });
    expect(version.toString()).toMatch(/^postgres \(PostgreSQL\) 18\./u);
    const writable = execFileSync('find', [
      sharedFolder,
      '!',
      '-type',
      'l',
      '(',
      '-perm',
      '/022',
      '-o',
      '!',
      '-uid',
      '0',
      ')',
    ]);
    expect(writable.toString()).toBe('');
    expect(await findReachableBinaries(binaries, { user, sharedFolder })).toEqual(copy);
    expect(await readdir(sharedFolder)).toHaveLength(1);
  });

  test('a full disk is told as such, at the first start and at a later one', async (context) => {
    const folder = await makeFolder();
    const isMounted =
      spawnSync('env', ['mount', '-t', 'tmpfs', '-o', 'size=24m,mode=711', 'tmpfs', folder]).status === 0;
    context.skip(!isMounted, 'mounting is not allowed here');
    onTestFinished(() => void execFileSync('env', ['umount', '-l', folder]));
    await expect(start({ folder: path.join(folder, 'database') })).rejects.toMatchObject({
      code: 'disk-full',
    });
    expect(await readdir(path.join(folder, 'database'))).not.toContain('data');
    execFileSync('env', ['mount', '-o', 'remount,size=100m', folder]);
    const { database } = await start({ folder: path.join(folder, 'database') });
    await database.stop();
    spawnSync('dd', ['if=/dev/zero', `of=${folder}/filler`, 'bs=1M']);
    await expect(start({ folder: path.join(folder, 'database') })).rejects.toMatchObject({
      code: 'disk-full',
    });
  });
});

describe.runIf(isRoot)('started by an ordinary user', () => {
  test('everything belongs to that user, whose folder nobody else may enter', async (context) => {
    const isReadable = await isTraversable(import.meta.dirname, nobody);
    context.skip(!isReadable, 'this checkout lies in a folder that only root may enter');
    const folder = path.join(await makeFolder(), 'home');
    await mkdir(folder);
    execFileSync('chown', ['65534:65534', folder]);
    const script = new URL('start-and-stop.ts', import.meta.url).pathname;
    const child = spawnSync(process.execPath, [script, path.join(folder, 'database')], {
      encoding: 'utf8',
      ...nobody,
    });
    expect(child.stderr).toBe('');
    expect(JSON.parse(child.stdout)).toEqual({ uid: 65534, rows: [{ one: 1 }] });
    const { uid, mode } = await stat(path.join(folder, 'database'));
    expect([uid, mode & 0o777]).toEqual([65534, 0o700]);
  });
});
