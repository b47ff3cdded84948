import type { Command } from 'commander';
import type { CliDeps } from '../cli-deps.ts';
import { verifyLogFile, type VerifyLogRequest } from '../commands/verify-log.ts';
import { verifyProofFile, type VerifyProofRequest } from '../commands/verify-proof.ts';
import { verifyReceiptFile, type VerifyReceiptRequest } from '../commands/verify-receipt.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { UsageError } from '../usage-error.ts';
import { helpOf } from './help-texts.ts';
import { addJson, addKeySources, type Asked, type Run } from './options.ts';

/** Verifies one file after the other; what does not hold counts more than what could not be asked. */
async function verifyEach(
  files: readonly string[],
  verify: (file: string) => Promise<ExitCode>,
): Promise<ExitCode> {
  const codes = new Set<ExitCode>();
  for (const file of files) codes.add(await verify(file));
  if (codes.has(exitCodes.refused)) return exitCodes.refused;
  return codes.has(exitCodes.unreachable) ? exitCodes.unreachable : exitCodes.done;
}

/** Adds `verify` with its three commands. */
export function addEvidenceCommands(program: Command, deps: CliDeps, run: Run): void {
  const verify = program
    .command('verify')
    .description('check evidence offline, from bytes and public keys alone')
    .addHelpText('after', helpOf('verify'));
  addKeySources(addJson(verify.command('receipt <files...>')))
    .description("check the hub's receipt: signature, addressee, payload and ledger leaf")
    .option('--fetch', "fetch the hub's newest directory")
    .addHelpText('after', helpOf('verify receipt'))
    .action((files: readonly string[], options: Asked<Omit<VerifyReceiptRequest, 'file'>>) =>
      run(options, (reporter) =>
        verifyEach(files, (file) => verifyReceiptFile({ ...options, file }, deps, reporter)),
      ),
    );
  addKeySources(addJson(verify.command('proof <receipts...>')))
    .description("check that a receipt's acceptance stands in the ledger")
    .option('--proof <file>', 'inclusion proof, as the log answered it')
    .option('--fetch', "fetch the proof from the log, and the hub's newest directory")
    .option('--save <file>', 'keep the fetched proof, for checking offline later')
    .addHelpText('after', helpOf('verify proof'))
    .action((files: readonly string[], options: Asked<Omit<VerifyProofRequest, 'file'>>) => {
      if (files.length > 1 && (options.save !== undefined || options.proof !== undefined)) {
        throw new UsageError('proof-source-unclear', 'A proof belongs to one receipt: name one.');
      }
      return run(options, (reporter) =>
        verifyEach(files, (file) => verifyProofFile({ ...options, file }, deps, reporter)),
      );
    });
  addJson(verify.command('log <file>'))
    .description('check a whole exported log: every entry, its order, and the signed checkpoint')
    .option('--log-key <vkey...>', 'C2SP verifier key of the log')
    .option('--member <file>', "membership document, for the log's keys")
    .option(
      '--earlier <note...>',
      'file with a checkpoint seen before (or a saved proof): the log may only have grown',
    )
    .addHelpText('after', helpOf('verify log'))
    .action((file: string, options: Asked<Omit<VerifyLogRequest, 'file'>>) =>
      run(options, (reporter) => verifyLogFile({ ...options, file }, reporter)),
    );
}
