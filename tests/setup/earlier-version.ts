import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** Where third-party code and packages of the workspace are linked to. */
const rooms = ['packages', 'services', 'infra'];

/** The sources of an earlier commit, beside those of today. */
export interface EarlierVersion {
  readonly folder: string;
  remove(): void;
}

function git(...args: readonly string[]): void {
  execFileSync('git', ['-C', root, ...args], { stdio: 'ignore' });
}

/** Links are relative: the same ones lead to the earlier packages there, and to the same third-party code. */
function copyLinks(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else if (entry.isDirectory() && !entry.name.startsWith('.')) copyLinks(source, target);
  }
}

/** Takes out the sources of a commit. @returns null where this is no checkout, or the commit is not in it */
export function takeEarlierVersion(commit: string): EarlierVersion | null {
  const folder = join(mkdtempSync(join(tmpdir(), 'liaison-earlier-')), 'liaison');
  try {
    git('cat-file', '-e', `${commit}^{commit}`);
    mkdirSync(folder);
    const archive = execFileSync('git', ['-C', root, 'archive', commit], { maxBuffer: 512 * 1024 * 1024 });
    execFileSync('tar', ['-x', '-C', folder], { input: archive });
  } catch {
    rmSync(dirname(folder), { recursive: true, force: true });
    return null;
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const room of [
    'contracts',
    ...rooms.flatMap((one) => readdirSync(join(root, one)).map((name) => join(one, name))),
  ]) {
    const links = join(root, room, 'node_modules');
    if (existsSync(links) && existsSync(join(folder, room)))
      copyLinks(links, join(folder, room, 'node_modules'));
  }
  return {
    folder,
    remove() {
      rmSync(dirname(folder), { recursive: true, force: true });
    },
  };
}
