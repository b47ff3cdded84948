import { Command } from 'commander';
import type { CliDeps } from './cli-deps.ts';
import type { ExitCode } from './exit-codes.ts';
import { addEvidenceCommands } from './program/add-evidence-commands.ts';
import { addFirstCommands, addReferralCommands, addStatusCommand } from './program/add-referral-commands.ts';
import { programHelp } from './program/help-texts.ts';
import type { Run } from './program/options.ts';
import { createReporter } from './terminal.ts';

const description = [
  'Refer to a Liaison hub what concerns sexual abuse of children online: metadata only, signed, each referral with a',
  'receipt that proves its acceptance to anyone. The hub finds the Member States that it concerns, and tells their',
  'contact points.',
].join(' ');

/**
 * Makes the program with its commands.
 * @param finish told what the process is to end with.
 * @param complain told what is wrong with how it was called, in one sentence.
 */
export function createProgram(
  deps: CliDeps,
  finish: (code: ExitCode) => void,
  complain: (text: string) => void,
): Command {
  const { terminal } = deps;
  const run: Run = async ({ json = false }, work) => {
    finish(await work(createReporter(terminal, json)));
  };
  const program = new Command('liaison')
    .description(description)
    .addHelpText('after', programHelp)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        terminal.print(text.trimEnd());
      },
      writeErr: (text) => {
        complain(text.trimEnd());
      },
    });
  program.commandsGroup('Make ready:');
  addFirstCommands(program, deps, run);
  program.commandsGroup('Refer:');
  addReferralCommands(program, deps, run);
  program.commandsGroup('Follow and prove:');
  addStatusCommand(program, deps, run);
  addEvidenceCommands(program, deps, run);
  program.commandsGroup('Learn:').helpCommand('help [command]', 'explain a command, with examples');
  return program;
}
