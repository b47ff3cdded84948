import { Gauge, type Registry } from 'prom-client';
import type { Clock } from './clock.ts';

/** What is told of a record that came. */
export interface Received {
  readonly topic: string;
  /** RFC 3339; by the exchange's clock. */
  readonly appendedAt: string;
}

/** Keeps how late topics are read. */
export interface ReadingDelay {
  /** A batch that begins with this record is being worked on. */
  began(first: Received): void;
  /** The batch is done, or what stopped it was put aside; or it failed, and will come again. */
  ended(topic: string, how: 'done' | 'failed'): void;
}

interface Reading {
  readonly appendedMs: number;
  readonly state: 'running' | 'failed' | 'done';
  /** When it came to this state. */
  readonly atMs: number;
}

/** Long enough for any scrape to see it; a topic on which nothing more comes is not late for ever. */
const doneForMs = 60_000;
/** What failed comes again much sooner; if not, another member of the group has taken the topic. */
const failedForMs = 300_000;

function delayMsOf({ appendedMs, state, atMs }: Reading, nowMs: number): number {
  switch (state) {
    case 'running':
      return nowMs - appendedMs;
    case 'failed':
      return nowMs - atMs > failedForMs ? 0 : nowMs - appendedMs;
    case 'done':
      return nowMs - atMs > doneForMs ? 0 : atMs - appendedMs;
    default:
      return state satisfies never;
  }
}

/**
 * Adds how late topics are read to a registry: the age of the oldest record that is being worked on, growing as long as
 * that fails; then, for a minute, how old it was when it was done.
 */
export function createReadingDelay(registry: Registry, clock: Clock): ReadingDelay {
  const readings = new Map<string, Reading>();
  const gauge = new Gauge({
    name: 'liaison_exchange_reading_delay_seconds',
    help: 'Age of the oldest record of a topic that is being worked on, or that was within the last minute.',
    labelNames: ['messaging_destination_name'],
    registers: [],
    collect() {
      const nowMs = clock.nowMs();
      for (const [topic, reading] of readings) {
        this.set({ messaging_destination_name: topic }, Math.max(0, delayMsOf(reading, nowMs)) / 1_000);
      }
    },
  });
  registry.registerMetric(gauge);
  return {
    began({ topic, appendedAt }) {
      readings.set(topic, { appendedMs: Date.parse(appendedAt), state: 'running', atMs: clock.nowMs() });
    },
    ended(topic, how) {
      const reading = readings.get(topic);
      if (reading !== undefined) readings.set(topic, { ...reading, state: how, atMs: clock.nowMs() });
    },
  };
}
