import { Command, InvalidArgumentError, Option } from 'commander';
import { exampleKinds } from '../example/create-example.ts';
import { defaultRetryPolicy } from '../submit/deliver.ts';
import type { CliDeps } from './cli-deps.ts';
import { example, type ExampleRequest } from './commands/example.ts';
import { keygen, type KeygenRequest } from './commands/keygen.ts';
import { status, type StatusRequest } from './commands/status.ts';
import { submit, type SubmitRequest } from './commands/submit.ts';
import { validate, type ValidateRequest } from './commands/validate.ts';
import { verifyLogFile, type VerifyLogRequest } from './commands/verify-log.ts';
import { verifyProofFile, type VerifyProofRequest } from './commands/verify-proof.ts';
import { verifyReceiptFile, type VerifyReceiptRequest } from './commands/verify-receipt.ts';
import type { ExitCode } from './exit-codes.ts';
import { createReporter, type Reporter } from './terminal.ts';

const memberKinds = [
  'provider',
  'hotline',
  'partnerCentre',
  'lawEnforcement',
  'coordinatingAuthority',
  'europol',
];

const after = `
A first submission:
  liaison keygen --out keys                        then give keys/public.jwks.json to the hub
  liaison example --member membership.json --out first.json
  liaison validate first.json --member membership.json
  liaison submit first.json --member membership.json --key keys/private.jwks.json
  liaison verify proof receipts/EXAMPLE-….jws --member membership.json --fetch

Files hold one referral, an array of them, or one on each line (NDJSON); - is the standard input.
Submitting again is always safe: the same reference with the same payload gets the original receipt.
With --json each result is one line of JSON on standard output; errors go to standard error.

Exit codes: 0 done; 1 refused, invalid or not proven; 2 called wrongly, or a file cannot be used;
3 the hub or the log could not be reached or could not answer: run the same command again.

A referral is no report under Article 12 of COM(2022) 209, Article 18 of Regulation (EU) 2022/2065 or other
law, and replaces none. It holds no content: no image, video, text of a conversation or thumbnail.`;

function parseAttempts(text: string): number {
  if (!/^[1-9]\d?$/.test(text)) throw new InvalidArgumentError('Give a number from 1 to 99.');
  return Number(text);
}

const addMember = (command: Command): Command =>
  command.requiredOption('--member <file>', 'membership document that the hub gave you');

const addCaller = (command: Command): Command =>
  addMember(command)
    .requiredOption('--key <file>', 'your private JWK set')
    .option('--kid <id>', 'which of its keys, where it holds several to sign with')
    .option(
      '--attempts <n>',
      'how often to send at most, while the hub cannot be reached',
      parseAttempts,
      defaultRetryPolicy.attempts,
    );

const addKeySources = (command: Command): Command =>
  addMember(command)
    .option(
      '--directory <file>',
      "the hub's signed directory (default: the one that submit saved beside the receipt)",
    )
    .option('--hub-keys <file>', "JWK set of the hub's public keys, in place of the directory")
    .option('--referral <file>', 'the referral, to check that the receipt is for exactly it');

/** A command's options; every one has `--json`. */
type Asked<Options> = Options & { readonly json?: boolean };

/** Runs one command's work with its reporter, and keeps what the process is to end with. */
type Run = (
  options: Asked<object>,
  work: (reporter: Reporter) => Promise<ExitCode> | ExitCode,
) => Promise<void>;

function addEvidenceCommands(program: Command, deps: CliDeps, run: Run): void {
  const verify = program
    .command('verify')
    .description('check evidence offline, from bytes and public keys alone');
  addKeySources(addJson(verify.command('receipt <file>')))
    .description("check the hub's receipt: signature, addressee, payload and ledger leaf")
    .option('--fetch', "fetch the hub's newest directory")
    .action((file: string, options: Asked<Omit<VerifyReceiptRequest, 'file'>>) =>
      run(options, (reporter) => verifyReceiptFile({ ...options, file }, deps, reporter)),
    );
  addKeySources(addJson(verify.command('proof <receipt>')))
    .description("check that a receipt's acceptance stands in the ledger")
    .option('--proof <file>', 'inclusion proof, as the log answered it')
    .option('--fetch', "fetch the proof from the log, and the hub's newest directory")
    .option('--save <file>', 'keep the fetched proof, for checking offline later')
    .action((file: string, options: Asked<Omit<VerifyProofRequest, 'file'>>) =>
      run(options, (reporter) => verifyProofFile({ ...options, file }, deps, reporter)),
    );
  addJson(verify.command('log <file>'))
    .description('check a whole exported log: every entry, its order, and the signed checkpoint')
    .option('--log-key <vkey...>', 'C2SP verifier key of the log')
    .option('--member <file>', "membership document, for the log's keys")
    .option(
      '--earlier <note...>',
      'file with a checkpoint seen before (or a saved proof): the log may only have grown',
    )
    .action((file: string, options: Asked<Omit<VerifyLogRequest, 'file'>>) =>
      run(options, (reporter) => verifyLogFile({ ...options, file }, reporter)),
    );
}

function addJson(command: Command): Command {
  return command.option('--json', 'write results as JSON, one line each');
}

/**
 * Makes the program with its commands.
 * @param finish told what the process is to end with.
 */
export function createProgram(deps: CliDeps, finish: (code: ExitCode) => void): Command {
  const { terminal } = deps;
  const run: Run = async ({ json = false }, work) => {
    finish(await work(createReporter(terminal, json)));
  };
  const program = new Command('liaison')
    .description('Submit metadata-only referrals to a Liaison hub, follow them, and check its receipts.')
    .addHelpText('after', after)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        terminal.print(text.trimEnd());
      },
      writeErr: (text) => {
        terminal.complain(text.trimEnd());
      },
    });
  addJson(program.command('keygen'))
    .description('make your keys: a private and a public JWK set')
    .requiredOption('--out <folder>', 'where to write private.jwks.json and public.jwks.json')
    .addOption(new Option('--kind <kind>', 'what you are').choices(memberKinds).default('provider'))
    .action((options: Asked<KeygenRequest>) => run(options, (reporter) => keygen(options, reporter)));
  addMember(program.command('example'))
    .description('print a referral that is ready to be submitted')
    .argument('[kind]', `${exampleKinds.join(', ')} (default: what your kind of member submits)`)
    .option('--out <file>', 'write it to a file')
    .action((kind: ExampleRequest['kind'], options: Asked<Omit<ExampleRequest, 'kind'>>) =>
      run({}, () => example(kind === undefined ? options : { ...options, kind }, deps)),
    );
  addJson(program.command('validate <files...>'))
    .description('say offline what the hub would say of referrals, and what they lack')
    .option('--member <file>', 'membership document, to check the sender too')
    .action((files: readonly string[], options: Asked<Omit<ValidateRequest, 'files'>>) =>
      run(options, (reporter) => validate({ ...options, files }, deps, reporter)),
    );
  addCaller(addJson(program.command('submit <files...>')))
    .description('validate, sign and submit referrals, and keep each verified receipt')
    .option('--receipts <folder>', 'where to keep receipts', 'receipts')
    .action((files: readonly string[], options: Asked<Omit<SubmitRequest, 'files'>>) =>
      run(options, (reporter) => submit({ ...options, files }, deps, reporter)),
    );
  addCaller(addJson(program.command('status [id]')))
    .description('show what may be told of a referral, or all that happened to yours')
    .option('--reference <reference>', 'your own reference, in place of the id')
    .option('--feed', 'everything that happened, in the order of the ledger')
    .option('--after <cursor>', 'go on after an earlier --feed')
    .action((id: string | undefined, options: Asked<Omit<StatusRequest, 'id'>>) =>
      run(options, (reporter) => status(id === undefined ? options : { ...options, id }, deps, reporter)),
    );
  addEvidenceCommands(program, deps, run);
  return program;
}
