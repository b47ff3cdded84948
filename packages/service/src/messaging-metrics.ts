import { Counter, Histogram, type Registry } from 'prom-client';
import type { Clock } from './clock.ts';
import { requestBuckets } from './metrics.ts';
import { createReadingDelay, type Received } from './reading-delay.ts';

/** The part of an exchange that is measured. */
interface Measurable<Outgoing, Options, Subscription> {
  send(topic: string, records: readonly Outgoing[]): Promise<void>;
  sendEach(messages: readonly { readonly topic: string; readonly record: Outgoing }[]): Promise<void>;
  receive(options: Options): Promise<Subscription>;
  close(): Promise<void>;
}

interface Receiving {
  readonly group: string;
  handle(records: readonly Received[]): Promise<void>;
  quarantine(record: Received, error: unknown): Promise<void>;
}

type Count = (topic: string, count: number) => void;

function createInstruments(registry: Registry) {
  const registers = [registry];
  const destination = 'messaging_destination_name';
  return {
    sent: new Counter({
      name: 'messaging_client_sent_messages_total',
      help: 'Records that were given to the exchange; with error_type where it did not take them.',
      labelNames: ['messaging_system', 'messaging_operation_name', destination, 'error_type'],
      registers,
    }),
    consumed: new Counter({
      name: 'messaging_client_consumed_messages_total',
      help: 'Records that the exchange delivered; one that comes again counts again.',
      labelNames: [
        'messaging_system',
        'messaging_operation_name',
        destination,
        'messaging_consumer_group_name',
      ],
      registers,
    }),
    operation: new Histogram({
      name: 'messaging_client_operation_duration_seconds',
      help: 'How long the exchange took to take records.',
      labelNames: ['messaging_system', 'messaging_operation_name', 'error_type'],
      buckets: requestBuckets,
      registers,
    }),
    process: new Histogram({
      name: 'messaging_process_duration_seconds',
      help: 'How long working on a batch of records took.',
      labelNames: ['messaging_system', 'messaging_operation_name', 'error_type'],
      buckets: requestBuckets,
      registers,
    }),
  };
}

/** A code of ours, or a word for everything else: what a driver says is not bounded. */
function errorTypeOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^[a-z][a-z-]{0,40}$/.test(code) ? code : '_OTHER';
}

/** Makes an exchange that is counted and timed of one that is not. */
export type MeasureExchange = <Outgoing, Options extends Receiving, Subscription>(
  exchange: Measurable<Outgoing, Options, Subscription>,
) => Measurable<Outgoing, Options, Subscription>;

/**
 * Adds the traffic of exchanges to a registry, under the names of OpenTelemetry's semantic conventions.
 * @param options `system`: what they are made of, for example `kafka`.
 */
export function createExchangeMeasure(options: {
  readonly registry: Registry;
  readonly system: string;
  readonly clock: Clock;
}): MeasureExchange {
  const { registry, system, clock } = options;
  const { sent, consumed, operation, process } = createInstruments(registry);
  const delay = createReadingDelay(registry, clock);
  const labels = (name: string) => ({ messaging_system: system, messaging_operation_name: name });
  const measureSend = async (send: () => Promise<void>, each: (count: Count) => void): Promise<void> => {
    const startedMs = performance.now();
    let failure: { error_type?: string } = {};
    try {
      await send();
    } catch (error) {
      failure = { error_type: errorTypeOf(error) };
      throw error;
    } finally {
      const told = { ...labels('send'), ...failure };
      operation.observe(told, (performance.now() - startedMs) / 1_000);
      each((topic, count) => {
        sent.inc({ ...told, messaging_destination_name: topic }, count);
      });
    }
  };
  const handleMeasured = async (records: readonly Received[], receiving: Receiving): Promise<void> => {
    const [first] = records;
    if (first !== undefined) {
      const group = { messaging_consumer_group_name: receiving.group };
      const { topic } = first;
      consumed.inc({ ...labels('receive'), messaging_destination_name: topic, ...group }, records.length);
      delay.began(first);
    }
    const startedMs = performance.now();
    let failure: { error_type?: string } = {};
    try {
      await receiving.handle(records);
      if (first !== undefined) delay.ended(first.topic, 'done');
    } catch (error) {
      if (first !== undefined) delay.ended(first.topic, 'failed');
      failure = { error_type: errorTypeOf(error) };
      throw error;
    } finally {
      process.observe({ ...labels('process'), ...failure }, (performance.now() - startedMs) / 1_000);
    }
  };
  return (exchange) => ({
    send: (topic, records) =>
      measureSend(
        () => exchange.send(topic, records),
        (count) => {
          count(topic, records.length);
        },
      ),
    sendEach: (messages) =>
      measureSend(
        () => exchange.sendEach(messages),
        (count) => {
          for (const { topic } of messages) count(topic, 1);
        },
      ),
    receive: (receiving) =>
      exchange.receive({
        ...receiving,
        handle: (records: readonly Received[]) => handleMeasured(records, receiving),
        async quarantine(record: Received, error: unknown) {
          await receiving.quarantine(record, error);
          delay.ended(record.topic, 'done');
        },
      }),
    close: () => exchange.close(),
  });
}

/** What the exchange at an address is made of, as messaging conventions name it. */
export function messagingSystemOf(exchangeUrl: string): string {
  return exchangeUrl.startsWith('kafka:') ? 'kafka' : 'postgresql';
}
