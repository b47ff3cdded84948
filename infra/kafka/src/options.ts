import { readFileSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';

/** What was asked for on the command line. */
export interface KafkaCommand {
  readonly action: 'drift' | 'apply';
  readonly brokers: readonly string[];
  readonly instance: string;
  readonly participants: readonly string[];
  /** PEM texts of the administrator; null: plain text. */
  readonly tls: { readonly ca: string; readonly certificate: string; readonly key: string } | null;
  readonly prune: boolean;
  readonly json: boolean;
}

interface Parsed {
  readonly brokers: readonly string[];
  readonly instance: string;
  readonly participants: readonly string[];
  readonly ca?: string;
  readonly certificate?: string;
  readonly key?: string;
  readonly json: boolean;
  readonly prune?: boolean;
}

function readList(pattern: RegExp, what: string) {
  return (text: string): readonly string[] => {
    const list = text.split(',');
    if (list.every((one) => pattern.test(one))) return list;
    throw new InvalidArgumentError(`${what} are needed, separated by commas.`);
  };
}

function readPem(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new InvalidArgumentError('the file cannot be read.');
  }
}

function addCommon(command: Command): Command {
  return command
    .addOption(
      new Option('--brokers <list>', 'brokers to ask first: host:port,host:port')
        .argParser(readList(/^[^\s,:]+:\d{1,5}$/, 'addresses like host:port'))
        .makeOptionMandatory(),
    )
    .addOption(new Option('--instance <name>', 'whose exchange: `demo`').makeOptionMandatory())
    .addOption(
      new Option('--participants <list>', 'ids of those who have a place in it: cp-be,cp-fr,europol')
        .argParser(readList(/^[a-z0-9-]+$/, 'ids'))
        .makeOptionMandatory(),
    )
    .addOption(new Option('--ca <file>', 'authority of the brokers (PEM)').argParser(readPem))
    .addOption(new Option('--certificate <file>', 'the administrator’s certificate (PEM)').argParser(readPem))
    .addOption(new Option('--key <file>', 'its key (PEM)').argParser(readPem))
    .option('--json', 'one JSON object on standard output', false);
}

/** Reads the command line; prints help or what is wrong with it, and ends the process then. */
export function readKafkaCommand(argv: readonly string[]): KafkaCommand {
  let chosen: { readonly action: KafkaCommand['action']; readonly parsed: Parsed } | undefined;
  const program = new Command('kafka').description(
    'Topics of the exchange and who may use them, as infra/kafka/exchange.json declares them.',
  );
  const choose = (action: KafkaCommand['action']) => (parsed: Parsed) => {
    chosen = { action, parsed };
  };
  addCommon(program.command('drift'))
    .description('Tells in what a Kafka differs. Exit code 0: in nothing; 2: in something.')
    .action(choose('drift'));
  addCommon(program.command('apply'))
    .description(
      'Makes missing topics and rules, and sets settings right; removes no topic. Again: no change.',
    )
    .option('--prune', 'take away permissions that nobody declared', false)
    .action(choose('apply'));
  program.addHelpText(
    'after',
    '\nExample\n  pnpm kafka drift --brokers kafka1:9093,kafka2:9093 --instance demo --participants cp-be,cp-fr,europol \\\n' +
      '    --ca ca.pem --certificate administrator.pem --key administrator-key.pem\n',
  );
  program.parse(
    argv.filter((argument) => argument !== '--'),
    { from: 'user' },
  );
  if (chosen === undefined) return program.error('error: drift or apply is needed.');
  const { action, parsed } = chosen;
  const { brokers, instance, participants, ca, certificate, key, json, prune = false } = parsed;
  const given = [ca, certificate, key].filter((text) => text !== undefined).length;
  if (given !== 0 && given !== 3) program.error('error: --ca, --certificate and --key go together.');
  const tls =
    ca === undefined || certificate === undefined || key === undefined ? null : { ca, certificate, key };
  return { action, brokers, instance, participants, tls, prune, json };
}
