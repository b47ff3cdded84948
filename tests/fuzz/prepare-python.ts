import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder, pythonCommand } from './config.ts';

const run = promisify(execFile);
const requirements = new URL('requirements.txt', import.meta.url);

/** An environment of Python with the packages of requirements.txt, made once for these versions. @returns its `bin` folder. */
export async function preparePython(): Promise<string> {
  const name = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  const folder = join(cacheFolder(), name);
  const bin = join(folder, 'bin');
  if (existsSync(join(bin, 'schemathesis'))) return bin;
  mkdirSync(cacheFolder(), { recursive: true });
  try {
    await run(pythonCommand(), ['-m', 'venv', folder]);
    await run(join(bin, 'python'), [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--requirement',
      requirements.pathname,
    ]);
  } catch (error) {
    // Half an environment would be taken for a whole one.
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  return bin;
}
