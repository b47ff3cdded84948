import { Option, type Command } from 'commander';
import { exampleKinds } from '../../example/create-example.ts';
import type { CliDeps } from '../cli-deps.ts';
import { example, type ExampleRequest } from '../commands/example.ts';
import { keygen, type KeygenRequest } from '../commands/keygen.ts';
import { status, type StatusRequest } from '../commands/status.ts';
import { submit, type SubmitRequest } from '../commands/submit.ts';
import { validate, type ValidateRequest } from '../commands/validate.ts';
import { helpOf } from './help-texts.ts';
import { addCaller, addJson, addMember, type Asked, type Run } from './options.ts';

const memberKinds = [
  'provider',
  'hotline',
  'partnerCentre',
  'lawEnforcement',
  'coordinatingAuthority',
  'europol',
];

/** Adds what somebody needs once. */
export function addFirstCommands(program: Command, deps: CliDeps, run: Run): void {
  addJson(program.command('keygen'))
    .description('make your keys: a private and a public JWK set')
    .requiredOption('--out <folder>', 'where to write private.jwks.json and public.jwks.json')
    .addOption(new Option('--kind <kind>', 'what you are').choices(memberKinds).default('provider'))
    .addHelpText('after', helpOf('keygen'))
    .action((options: Asked<KeygenRequest>) => run(options, (reporter) => keygen(options, reporter)));
  addMember(addJson(program.command('example')))
    .description('print a referral that is ready to be submitted')
    .argument('[kind]', `${exampleKinds.join(', ')} (default: what your kind of member submits)`)
    .option('--out <file>', 'write it to a file')
    .option('--reference <reference>', 'your own reference for it (default: one that is new)')
    .addHelpText('after', helpOf('example'))
    .action((kind: ExampleRequest['kind'], options: Asked<Omit<ExampleRequest, 'kind'>>) =>
      run(options, (reporter) =>
        example(kind === undefined ? options : { ...options, kind }, deps, reporter),
      ),
    );
}

/** Adds what somebody does with referrals. */
export function addReferralCommands(program: Command, deps: CliDeps, run: Run): void {
  addJson(program.command('validate <files...>'))
    .description('say offline what the hub would say of referrals, and what they lack')
    .option('--member <file>', 'membership document, to check the sender too')
    .addHelpText('after', helpOf('validate'))
    .action((files: readonly string[], options: Asked<Omit<ValidateRequest, 'files'>>) =>
      run(options, (reporter) => validate({ ...options, files }, deps, reporter)),
    );
  addCaller(addJson(program.command('submit <files...>')))
    .description('validate, sign and submit referrals, and keep each verified receipt')
    .option('--receipts <folder>', 'where to keep receipts', 'receipts')
    .addHelpText('after', helpOf('submit'))
    .action((files: readonly string[], options: Asked<Omit<SubmitRequest, 'files'>>) =>
      run(options, (reporter) => submit({ ...options, files }, deps, reporter)),
    );
}

/** Adds how somebody learns what became of them. */
export function addStatusCommand(program: Command, deps: CliDeps, run: Run): void {
  addCaller(addJson(program.command('status [id]')))
    .description('show what may be told of a referral, or all that happened to yours')
    .option('--reference <reference>', 'your own reference, in place of the id')
    .option('--feed', 'everything that happened, in the order of the ledger')
    .option('--after <cursor>', 'go on after an earlier --feed')
    .addHelpText('after', helpOf('status'))
    .action((id: string | undefined, options: Asked<Omit<StatusRequest, 'id'>>) =>
      run(options, (reporter) => status(id === undefined ? options : { ...options, id }, deps, reporter)),
    );
}
