import { Registry } from 'prom-client';
import { describe, expect, test } from 'vitest';
import { CodedError } from './coded-error.ts';
import { createExchangeMeasure, messagingSystemOf } from './messaging-metrics.ts';

const startMs = Date.parse('2027-03-01T12:00:00.000Z');
const topic = 'liaison.test.from.cp-be';

interface TestRecord {
  readonly topic: string;
  readonly appendedAt: string;
}

interface TestOptions {
  readonly group: string;
  handle(records: readonly TestRecord[]): Promise<void>;
  quarantine(record: TestRecord, error: unknown): Promise<void>;
}

/** An exchange that delivers when it is told to, and whose figures are read. */
async function createWorld(handle: () => Promise<void>) {
  let nowMs = startMs;
  let received: TestOptions | undefined;
  const registry = new Registry();
  const measure = createExchangeMeasure({ registry, system: 'kafka', clock: { nowMs: () => nowMs } });
  const exchange = measure<string, TestOptions, string>({
    send: () => Promise.reject(new CodedError('exchange-unavailable', 'It cannot be reached.')),
    sendEach: () => Promise.reject(new Error('connect ECONNREFUSED 192.0.2.1:9092')),
    receive: (options) => {
      received = options;
      return Promise.resolve('subscribed');
    },
    close: () => Promise.resolve(),
  });
  const subscription = await exchange.receive({ group: 'hub', handle, quarantine: () => Promise.resolve() });
  if (received === undefined) throw new Error('nobody reads');
  const record = { topic, appendedAt: new Date(startMs - 30_000).toISOString() };
  const reader = received;
  return {
    exchange,
    subscription,
    advance: (ms: number) => {
      nowMs += ms;
    },
    deliver: () => reader.handle([record]),
    quarantine: () => reader.quarantine(record, new Error('poison')),
    async samplesOf(metric: string): Promise<string[]> {
      const text = await registry.metrics();
      return text.split('\n').filter((line) => line.startsWith(`${metric}{`));
    },
    async delay(): Promise<number> {
      const [sample] = await this.samplesOf('liaison_exchange_reading_delay_seconds');
      return Number(sample?.split(' ').at(-1));
    },
  };
}

describe('how late a topic is read', () => {
  test('is the age of the record, told for a minute and no longer', async () => {
    const world = await createWorld(() => Promise.resolve());
    await world.deliver();
    expect(await world.delay()).toBe(30);
    world.advance(60_000);
    expect(await world.delay()).toBe(30);
    world.advance(1);
    expect(await world.delay()).toBe(0);
  });

  test('grows for as long as a batch fails, and ends when it no longer does', async () => {
    let works = false;
    const world = await createWorld(() => (works ? Promise.resolve() : Promise.reject(new Error('down'))));
    await expect(world.deliver()).rejects.toThrow('down');
    world.advance(300_000);
    expect(await world.delay()).toBe(330);
    works = true;
    await world.deliver();
    world.advance(61_000);
    expect(await world.delay()).toBe(0);
  });

  test('ends when what failed does not come again: another member of the group has the topic', async () => {
    const world = await createWorld(() => Promise.reject(new Error('down')));
    await expect(world.deliver()).rejects.toThrow('down');
    world.advance(300_001);
    expect(await world.delay()).toBe(0);
  });

  test('grows while a batch hangs', async () => {
    const hanging = Promise.withResolvers<void>();
    const world = await createWorld(() => hanging.promise);
    const delivering = world.deliver();
    world.advance(3_600_000);
    expect(await world.delay()).toBe(3_630);
    hanging.resolve();
    await delivering;
  });

  test('ends when what failed is put aside', async () => {
    const world = await createWorld(() => Promise.reject(new Error('poison')));
    await expect(world.deliver()).rejects.toThrow('poison');
    await world.quarantine();
    world.advance(61_000);
    expect(await world.delay()).toBe(0);
  });
});

test('a record that is not taken counts under its code, and never under the words of a driver', async () => {
  const world = await createWorld(() => Promise.resolve());
  const { exchange } = world;
  await expect(exchange.send(topic, ['one', 'two'])).rejects.toMatchObject({ code: 'exchange-unavailable' });
  await expect(exchange.sendEach([{ topic, record: 'three' }])).rejects.toThrow('ECONNREFUSED');
  const labels = 'messaging_system="kafka",messaging_operation_name="send"';
  expect(await world.samplesOf('messaging_client_sent_messages_total')).toEqual([
    `messaging_client_sent_messages_total{${labels},error_type="exchange-unavailable",messaging_destination_name="${topic}"} 2`,
    `messaging_client_sent_messages_total{${labels},error_type="_OTHER",messaging_destination_name="${topic}"} 1`,
  ]);
});

test('what reading answers with comes through as it is', async () => {
  const world = await createWorld(() => Promise.resolve());
  expect(world.subscription).toBe('subscribed');
  await world.deliver();
  await world.deliver();
  const [consumed] = await world.samplesOf('messaging_client_consumed_messages_total');
  expect(consumed).toContain('messaging_consumer_group_name="hub"');
  expect(consumed?.endsWith(' 2')).toBe(true);
});

test.each([
  ['kafka://one:9092,two:9092', 'kafka'],
  ['postgres://role:word@127.0.0.1:5432/exchange', 'postgresql'],
])('%s is made of %s', (url, system) => {
  expect(messagingSystemOf(url)).toBe(system);
});
