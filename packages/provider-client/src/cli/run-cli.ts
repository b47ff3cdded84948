import { CommanderError } from 'commander';
import { ClientError } from '../client-error.ts';
import type { CliDeps } from './cli-deps.ts';
import { createProgram } from './create-program.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { UsageError } from './usage-error.ts';
import { explain } from './words.ts';

function exitCodeOf(error: ClientError | UsageError): ExitCode {
  if (!(error instanceof ClientError)) return exitCodes.usage;
  const { code } = error;
  switch (code) {
    case 'hub-unreachable':
    case 'answer-not-understood':
      return exitCodes.unreachable;
    case 'membership-invalid':
      return exitCodes.usage;
    case 'directory-untrusted':
    case 'read-refused':
      return exitCodes.refused;
    default:
      return code satisfies never;
  }
}

function complain(error: ClientError | UsageError, { terminal }: CliDeps, json: boolean): void {
  const { code, message } = error;
  const reason = error instanceof ClientError ? error.reason : null;
  if (json) terminal.complain(JSON.stringify({ error: { code, reason, message } }));
  else terminal.complain(reason === null ? message : `${message}\n  ${explain(reason)}`);
}

/**
 * Runs the command line.
 * @param args what came after the program's name.
 * @returns what the process is to end with. A fault of the program itself throws.
 */
export async function runCli(args: readonly string[], deps: CliDeps): Promise<ExitCode> {
  let code: ExitCode = exitCodes.done;
  try {
    await createProgram(deps, (finished) => {
      code = finished;
    }).parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    // Help that was asked for ends with 0; commander has said all that there is to say.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    if (!(error instanceof ClientError) && !(error instanceof UsageError)) throw error;
    complain(error, deps, args.includes('--json'));
    return exitCodeOf(error);
  }
}
