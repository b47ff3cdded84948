import { parseArgs } from 'node:util';

/** The parts of the bench, each of which runs alone. */
const parts = ['main', 'kafka', 'baseline', 'seal', 'stopped', 'broken', 'age'] as const;
export type Part = (typeof parts)[number];

/** What was asked for on the command line. */
export interface BenchOptions {
  readonly parts: readonly Part[];
  /** Of each measured run. */
  readonly seconds: number;
  readonly json: boolean;
  /** Small and short: shows that every part works, and no figure worth keeping. */
  readonly quick: boolean;
  /** Sizes of the database, for `age`. */
  readonly sizes: readonly number[];
  /** Dispatches in a parcel of the baseline; null: as many as the main job had. */
  readonly parcelMessages: number | null;
  /** Of the Kafka. */
  readonly brokers: 1 | 3;
}

export const help = `pnpm bench [main] [kafka] [baseline] [seal] [stopped] [broken] [age] [options]

  main      the main job on a real Liaison: throughput, cost by part, highest rate, latencies at 50/s; then baseline
  kafka     the main job over an Apache Kafka of one broker, or of three
  baseline  the same signatures, encryption and committed rows with node:crypto and pg alone
  seal      packages/seal beside jose and node:crypto
  stopped   a contact point stopped with 5,000 dispatches waiting: the others' latency
  broken    a contact point unreachable, slow, answering garbage or falsely, or flooding: the others' latency
  age       the same work on a database of 10 thousand and of 1 million referrals, and the plans of its queries

All of them where none is named, one after the other.

  --seconds N           of each measured run (60; stopped: 30)
  --quick               small and short, to see that it works
  --sizes N,N           referrals in the database, for age (10000,1000000)
  --parcel-messages N   dispatches in a parcel, for baseline alone (1.5)
  --brokers N           1 or 3, for kafka (1)
  --json                the figures as one JSON object on the last line of standard output
  --help

Figures are also written to tests/bench/results/<part>.json. The machine should have nothing else to do.
`;

function readNumber(text: string, name: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new TypeError(`--${name} takes a number above 0.`);
}

function isPart(text: string): text is Part {
  return (parts as readonly string[]).includes(text);
}

/** Reads the command line. @returns null where help was asked for. @throws TypeError what is wrong with it. */
export function readBenchOptions(argv: readonly string[]): BenchOptions | null {
  const { values, positionals } = parseArgs({
    args: argv.filter((argument) => argument !== '--'),
    allowPositionals: true,
    options: {
      seconds: { type: 'string' },
      quick: { type: 'boolean', default: false },
      sizes: { type: 'string' },
      'parcel-messages': { type: 'string' },
      brokers: { type: 'string', default: '1' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  const named = positionals.filter(isPart);
  if (named.length < positionals.length) throw new TypeError('There is no such part of the bench.');
  const sizes = values.sizes ?? (values.quick ? '2000,20000' : '10000,1000000');
  const messages = values['parcel-messages'];
  return {
    // What the main job is held against runs with it; a Kafka needs Java, and is asked for by name.
    parts: named.length === 0 ? parts.filter((part) => part !== 'baseline' && part !== 'kafka') : named,
    seconds: values.seconds === undefined ? (values.quick ? 8 : 60) : readNumber(values.seconds, 'seconds'),
    json: values.json,
    quick: values.quick,
    sizes: sizes.split(',').map((size) => readNumber(size, 'sizes')),
    brokers: values.brokers === '3' ? 3 : 1,
    parcelMessages: messages === undefined ? null : readNumber(messages, 'parcel-messages'),
  };
}
