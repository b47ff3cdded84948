import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bareEnvironment } from './bare-environment.ts';

/** What a command ended with. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const root = fileURLToPath(new URL('../../', import.meta.url));

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
}

function argumentsOf(script: string): string[] {
  const { scripts } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as Manifest;
  const [program, main = '', ...rest] = scripts[script]?.split(' ') ?? [];
  if (program !== 'node') throw new Error(`${script} is no script that runs a program of Node's`);
  return [`${root}${main}`, ...rest];
}

/**
 * Runs a root script as the manifest has it, as a process of its own that knows nothing of this one's environment.
 * @param cwd folder in which it runs; the root where absent.
 */
export function runScript(script: string, args: readonly string[], cwd = root): Promise<Ended> {
  return new Promise((resolve) => {
    const env = { ...bareEnvironment, NO_COLOR: '1' };
    const all = [...argumentsOf(script), ...args];
    execFile(process.execPath, all, { cwd, env, maxBuffer: 64 * 1024 * 1024 }, (error, out, err) => {
      const code = typeof error?.code === 'number' ? error.code : error === null ? 0 : -1;
      resolve({ code, out, err });
    });
  });
}
