import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCacheFolder } from '../conformance/config.ts';
import type { Ended } from './run-script.ts';

/** Python with the libraries of the conformance programs, or why there is none. */
export type ConformancePython =
  { readonly ok: true; readonly interpreter: string } | { readonly ok: false; readonly why: string };

const programs = fileURLToPath(new URL('../conformance/python/', import.meta.url));
const requirements = join(programs, 'requirements.txt');

function run(program: string, args: readonly string[], cwd = programs): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(program, args, { cwd, maxBuffer: 16 * 1024 * 1024 }, (error, out, err) => {
      resolve({
        code: error === null ? 0 : typeof error.code === 'number' ? error.code : -1,
        out,
        err: err || String(error?.message),
      });
    });
  });
}

/** Makes a virtual environment somewhere, complete or not at all. @returns why it could not. */
async function makeEnvironment(folder: string): Promise<string | null> {
  const parent = join(folder, '..');
  await mkdir(parent, { recursive: true });
  const making = await mkdtemp(join(parent, 'making-'));
  try {
    const made = await run('python3', ['-m', 'venv', making]);
    if (made.code !== 0) return `python3 -m venv failed: ${made.err.trim()}`;
    const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement'];
    const installed = await run(join(making, 'bin', 'python'), [...install, requirements]);
    if (installed.code !== 0) return `pip could not install the libraries: ${installed.err.trim()}`;
    // Where another run was faster, its environment is as good.
    await rename(making, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error;
    });
    return null;
  } finally {
    await rm(making, { recursive: true, force: true });
  }
}

/**
 * Finds Python 3.10 or later and makes it an environment of its own, in the user's cache folder, once for each version of
 * `requirements.txt`: the first time takes half a minute and the network, later ones nothing.
 */
export async function findConformancePython(): Promise<ConformancePython> {
  const version = await run('python3', ['-c', 'import sys; print(sys.version_info >= (3, 10), sys.version)']);
  if (version.code !== 0 || !version.out.startsWith('True'))
    return { ok: false, why: 'there is no python3 of version 3.10 or later' };
  const hash = createHash('sha256').update(version.out).update(readFileSync(requirements)).digest('hex');
  const cache = readCacheFolder() ?? join(homedir(), '.cache');
  const folder = join(cache, 'liaison', `conformance-python-${hash.slice(0, 16)}`);
  const why = existsSync(folder) ? null : await makeEnvironment(folder).catch(String);
  return why === null ? { ok: true, interpreter: join(folder, 'bin', 'python') } : { ok: false, why };
}

/** Runs a conformance program as a process of its own. It writes no bytecode beside its source. */
export function runConformanceProgram(
  interpreter: string,
  program: 'provider.py' | 'contact_point.py',
  args: readonly string[],
): Promise<Ended> {
  return run(interpreter, ['-B', join(programs, program), ...args]);
}
