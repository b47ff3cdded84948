import { onTestFinished } from 'vitest';

import { openExchange } from '../../src/index.ts';
import type {
  Exchange,
  IncomingRecord,
  OutgoingRecord,
  ReceiveOptions,
  Subscription,
} from '../../src/index.ts';
import type { ExchangeHarness, Party, Place } from '../exchange-contract.ts';

export type GetHarness = () => ExchangeHarness;

const log = { debug: ignore, info: ignore, warn: ignore, error: ignore };

/** An exchange that is closed when the test is over. */
export async function open(place: Place | undefined): Promise<Exchange> {
  if (place === undefined) throw new Error('nobody was provided');
  const { address, tls = null } = place;
  const exchange = await openExchange(address, { log, applicationName: 'contract', tls });
  onTestFinished(async () => exchange.close());
  return exchange;
}

export interface Pair {
  /** The hub's end. */
  readonly sender: Exchange;
  /** The participant's end. */
  readonly receiver: Exchange;
  readonly party: Party;
}

/** A hub and one participant. */
export async function openPair(getHarness: GetHarness): Promise<Pair> {
  const { hub, participants } = await getHarness().provision(1);
  const [party] = participants;
  if (party === undefined) throw new Error('nobody was provided');
  return { sender: await open(hub), receiver: await open(party), party };
}

export interface Reading {
  readonly batches: (readonly IncomingRecord[])[];
  readonly quarantined: IncomingRecord[];
  /** Keys of all records handled, in order, with repetitions. */
  readonly keys: () => string[];
  readonly subscription: Subscription;
}

export type ReadOptions = Partial<ReceiveOptions> & Pick<ReceiveOptions, 'group' | 'topics'>;

/** Reads, and remembers what was handled without a failure. */
export async function read(exchange: Exchange, options: ReadOptions): Promise<Reading> {
  const batches: (readonly IncomingRecord[])[] = [];
  const quarantined: IncomingRecord[] = [];
  const subscription = await exchange.receive({
    maxRecords: 100,
    maxBytes: 1_000_000,
    quarantine: async (record) => void quarantined.push(record),
    isTransient: () => false,
    log,
    ...options,
    async handle(records) {
      await options.handle?.(records);
      batches.push(records);
    },
  });
  return { batches, quarantined, subscription, keys: () => batches.flat().map(({ key }) => key) };
}

/** Records whose keys are `prefix` and a number. */
export function records(count: number, options: { prefix?: string; bytes?: number } = {}): OutgoingRecord[] {
  const { prefix = '', bytes = 10 } = options;
  return Array.from({ length: count }, (_, index) => ({
    key: `${prefix}${index}`,
    value: new Uint8Array(bytes),
    headers: {},
  }));
}

export function keysOf(sent: readonly OutgoingRecord[]): string[] {
  return sent.map(({ key }) => key);
}

function ignore(): void {}
