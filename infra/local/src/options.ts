import { memberStates, type MemberState } from '@liaison/contracts';
import { Command, InvalidArgumentError, Option } from 'commander';

/** What was asked for on the command line. */
export interface LocalOptions {
  readonly referrals: number;
  /** Referrals a second, open loop; null: as fast as it goes. */
  readonly rate: number | null;
  readonly once: boolean;
  readonly json: boolean;
  /** Keeps data between runs; null: a fresh temporary folder. */
  readonly dataFolder: string | null;
  readonly databaseUrl: string | null;
  /** Records travel through an Apache Kafka: that of `KAFKA_BROKERS`, or one that is started here. */
  readonly kafka: boolean;
  /** Brokers of the Kafka that is started here. */
  readonly kafkaBrokers: 1 | 3;
  /** First port; 0 picks free ones. */
  readonly port: number;
  /** Contact points to start, by Member State; null: all of them. */
  readonly states: readonly MemberState[] | null;
  readonly seed: number;
}

function readWhole(max: number) {
  return (text: string): number => {
    const value = Number(text);
    if (/^\d{1,9}$/.test(text) && value <= max) return value;
    throw new InvalidArgumentError(`a whole number from 0 to ${max} is needed.`);
  };
}

function readRate(text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0 && value <= 10_000) return value;
  throw new InvalidArgumentError('a number of referrals a second is needed.');
}

function readStates(text: string): MemberState[] {
  const wanted = text.split(',');
  const states = memberStates.filter((state) => wanted.includes(state));
  if (states.length === wanted.length) return states;
  throw new InvalidArgumentError('codes of Member States are needed, separated by commas.');
}

interface Parsed {
  readonly referrals: number;
  readonly rate?: number;
  readonly once: boolean;
  readonly json: boolean;
  readonly data?: string;
  readonly databaseUrl?: string;
  readonly kafka: boolean;
  readonly port: number;
  readonly states?: readonly MemberState[];
  readonly seed: number;
}

/** Reads the command line; prints help or what is wrong with it, and ends the process then. */
export function readOptions(argv: readonly string[]): LocalOptions {
  const program = new Command('start')
    .description(
      'Runs all of Liaison on this machine: the hub, a contact point for each Member State and Europol, and ' +
        'realistic referrals that travel from their senders to their contact points and back as signed receipts.',
    )
    .addOption(
      new Option('--referrals <n>', 'how many referrals to feed it')
        .argParser(readWhole(1_000_000))
        .default(200),
    )
    .addOption(
      new Option('--rate <r>', 'referrals a second, open loop; as fast as it goes where absent').argParser(
        readRate,
      ),
    )
    .option(
      '--once',
      'end after the summary; not 0 if anything is missing, misrouted or does not verify',
      false,
    )
    .option('--json', 'the summary as one JSON object on the last line of standard output', false)
    .option('--data <dir>', 'keep data in this folder between runs; a fresh temporary one where absent')
    .option(
      '--database-url <url>',
      'use this PostgreSQL server, as a login that may create databases and roles',
    )
    .option(
      '--kafka',
      'let records travel through the Apache Kafka at KAFKA_BROKERS, or one started here (needs Java 17 and Maven)',
      false,
    )
    .addOption(
      new Option('--port <n>', 'first of the ports; 0 for any free ones')
        .argParser(readWhole(65_000))
        .default(7410),
    )
    .addOption(
      new Option(
        '--states <codes>',
        'only the contact points of these Member States, for example BE,FR',
      ).argParser(readStates),
    )
    .addOption(new Option('--seed <n>', 'seed of the referrals').argParser(readWhole(2 ** 31)).default(1));
  program.parse(
    argv.filter((argument) => argument !== '--'),
    { from: 'user' },
  );
  const parsed = program.opts<Parsed>();
  return {
    referrals: parsed.referrals,
    rate: parsed.rate ?? null,
    once: parsed.once,
    json: parsed.json,
    dataFolder: parsed.data ?? null,
    databaseUrl: parsed.databaseUrl ?? null,
    kafka: parsed.kafka,
    kafkaBrokers: 1,
    port: parsed.port,
    states: parsed.states ?? null,
    seed: parsed.seed,
  };
}
