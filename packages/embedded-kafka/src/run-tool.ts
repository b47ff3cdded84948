import { execFile } from 'node:child_process';

import { toolEnvironment } from './config.ts';

export interface ToolOutcome {
  /** null where the program was not found or could not be started. */
  readonly exitCode: number | null;
  readonly output: string;
}

/** Runs a program to its end; never rejects. */
export function runTool(
  program: string,
  programArguments: readonly string[],
  { timeoutMs }: { timeoutMs: number },
): Promise<ToolOutcome> {
  return new Promise((resolve) => {
    const options = { env: toolEnvironment(), timeout: timeoutMs, maxBuffer: 4 * 1024 * 1024 };
    execFile(program, programArguments, options, (error, out, err) => {
      const output = `${out}${err}`;
      if (error === null) resolve({ exitCode: 0, output });
      else resolve({ exitCode: typeof error.code === 'number' ? error.code : null, output });
    });
  });
}
