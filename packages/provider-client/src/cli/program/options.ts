import { InvalidArgumentError, type Command } from 'commander';
import { defaultRetryPolicy } from '../../submit/deliver.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Reporter } from '../terminal.ts';

/** A command's options; every one has `--json`. */
export type Asked<Options> = Options & { readonly json?: boolean };

/** Runs one command's work with its reporter, and keeps what the process is to end with. */
export type Run = (
  options: Asked<object>,
  work: (reporter: Reporter) => Promise<ExitCode> | ExitCode,
) => Promise<void>;

function parseAttempts(text: string): number {
  if (!/^[1-9]\d?$/.test(text)) throw new InvalidArgumentError('Give a number from 1 to 99.');
  return Number(text);
}

export function addJson(command: Command): Command {
  return command.option('--json', 'write results as JSON, one line each');
}

/** Adds what says who somebody is. */
export function addMember(command: Command): Command {
  return command.requiredOption('--member <file>', 'membership document that the hub gave you');
}

/** Adds what a request to the hub is signed with. */
export function addCaller(command: Command): Command {
  return addMember(command)
    .requiredOption('--key <file>', 'your private JWK set')
    .option('--kid <id>', 'which of its keys, where it holds several to sign with')
    .option(
      '--attempts <n>',
      'how often to send at most, while the hub cannot be reached',
      parseAttempts,
      defaultRetryPolicy.attempts,
    );
}

/** Adds where the hub's keys come from. */
export function addKeySources(command: Command): Command {
  return addMember(command)
    .option(
      '--directory <file>',
      "the hub's signed directory (default: the one that submit saved beside the receipt)",
    )
    .option('--hub-keys <file>', "JWK set of the hub's public keys, in place of the directory")
    .option('--referral <file>', 'the referral, to check that the receipt is for exactly it');
}
