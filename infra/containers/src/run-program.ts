import { spawn } from 'node:child_process';
import { inheritedEnvironment } from './config.ts';
import { ContainersError } from './containers-error.ts';

export interface ProgramOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Its standard output is what is wanted, and is not shown. */
  readonly capture?: boolean;
}

/** Runs a program to its end. @returns its standard output, where that was asked for. @throws ContainersError `step-failed` */
export function runProgram(
  program: string,
  programArguments: readonly string[],
  { cwd, env, capture = false }: ProgramOptions = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, programArguments, {
      cwd,
      env: { ...inheritedEnvironment(), ...env },
      stdio: ['ignore', capture ? 'pipe' : 'inherit', 'inherit'],
    });
    let output = '';
    child.stdout?.on('data', (piece: Buffer) => {
      output += piece.toString();
    });
    child.once('error', (cause) => {
      reject(new ContainersError('step-failed', { cause }));
    });
    child.once('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new ContainersError('step-failed', { cause: new Error(`${program} ended with ${code}`) }));
    });
  });
}

/** Whether a program ends well; what it prints is of no interest. */
export function succeeds(program: string, programArguments: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, programArguments, { stdio: 'ignore' });
    child.once('error', () => {
      resolve(false);
    });
    child.once('close', (code) => {
      resolve(code === 0);
    });
  });
}
