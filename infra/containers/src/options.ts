import { Command, InvalidArgumentError, Option } from 'commander';

/** What was asked for on the command line. */
export interface ContainersOptions {
  readonly referrals: number;
  readonly keep: boolean;
  readonly build: boolean;
  readonly tests: boolean;
}

function readWhole(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('a whole number is needed.');
}

/** Reads the command line; prints help or what is wrong with it, and ends the process then. */
export function readOptions(argv: readonly string[]): ContainersOptions {
  const program = new Command('containers')
    .description(
      'Builds the images, runs the tests that use containers, brings three Kafka brokers, PostgreSQL, the hub, three contact ' +
        'points and Prometheus up, pushes referrals through, checks that all arrived, and takes everything down.',
    )
    .addOption(new Option('--referrals <n>', 'how many').argParser(readWhole).default(1_000))
    .option('--keep', 'leave everything up', false)
    .option('--no-build', 'take the images that are there')
    .option('--no-tests', 'leave the tests that use containers out');
  program.parse(
    argv.filter((argument) => argument !== '--'),
    { from: 'user' },
  );
  return program.opts<ContainersOptions>();
}
