import { CommanderError } from 'commander';
import { ClientError } from '../client-error.ts';
import type { CliDeps } from './cli-deps.ts';
import { createProgram } from './create-program.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { UsageError } from './usage-error.ts';
import { whatToDo } from './what-to-do.ts';
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

const fileFaults = new Map([
  ['EACCES', 'may not be written or read by you: change its permissions, or take another place'],
  ['EPERM', 'may not be written or read by you: change its permissions, or take another place'],
  ['EROFS', 'is on a disk that is read only: take another place'],
  ['ENOSPC', 'does not fit on its disk: make room, and run the same command again'],
  ['EDQUOT', 'does not fit into your quota: make room, and run the same command again'],
  ['ENOENT', 'has no folder to be in: make it, or check the path'],
  ['ENOTDIR', 'is meant to lie in something that is no folder: check the path'],
  ['EEXIST', 'is there already as something else: take another name'],
  ['EISDIR', 'is a folder where a file is meant: check the path'],
]);

/** What the system refused while a file was written, in one sentence; null for any other error. */
function asFileFault(error: unknown): UsageError | null {
  if (!(error instanceof Error)) return null;
  const { code, path } = error as { readonly code?: unknown; readonly path?: unknown };
  const fault = fileFaults.get(String(code));
  if (fault === undefined || typeof path !== 'string') return null;
  return new UsageError('file-unusable', `${path} ${fault}.`, { cause: error });
}

/** Told apart from the rest by what a person can do: nothing, but tell whoever maintains this. */
function describeFailure(error: unknown): string {
  const name = error instanceof Error ? error.name : typeof error;
  return `This program failed (${name}): nothing that has a receipt is lost. Tell whoever maintains it.`;
}

function complain(error: unknown, { terminal }: CliDeps, json: boolean): ExitCode {
  if (!(error instanceof ClientError) && !(error instanceof UsageError)) {
    const message = describeFailure(error);
    terminal.complain(json ? JSON.stringify({ error: { code: 'failed', reason: null, message } }) : message);
    return exitCodes.internal;
  }
  const { code, message } = error;
  const reason = error instanceof ClientError ? error.reason : null;
  if (json) {
    const todo = [reason, code].map((one) => (one === null ? '' : whatToDo(one))).find((one) => one !== '');
    terminal.complain(JSON.stringify({ error: { code, reason, message, whatToDo: todo ?? '' } }));
  } else {
    const next = reason === null || explain(reason) === reason ? whatToDo(code) : explain(reason);
    const isSaid = error instanceof UsageError || next === '';
    terminal.complain(isSaid ? message : `${message}\n  ${next}`);
  }
  return exitCodeOf(error);
}

/**
 * Runs the command line.
 * @param args what came after the program's name.
 * @returns what the process is to end with; no error leaves it.
 */
export async function runCli(args: readonly string[], deps: CliDeps): Promise<ExitCode> {
  const json = args.includes('--json');
  let code: ExitCode = exitCodes.done;
  const finish = (finished: ExitCode): void => {
    code = finished;
  };
  const refuseCall = (text: string): void => {
    const error = { code: 'called-wrongly', reason: null, message: text.replace(/^error: /, '') };
    deps.terminal.complain(json ? JSON.stringify({ error }) : text);
  };
  try {
    await createProgram(deps, finish, refuseCall).parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    // Help that was asked for ends with 0; commander has said all that there is to say.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    return complain(asFileFault(error) ?? error, deps, json);
  }
}
