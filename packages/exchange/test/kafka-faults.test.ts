import { afterAll, describe, expect, onTestFinished, test } from 'vitest';

import { applyTopology } from '../src/index.ts';
import { open, openPair, read, records } from './contract/parties.ts';
import { declaration, findKafkaServer } from './kafka-server.ts';
import type { KafkaServer } from './kafka-server.ts';

const server = await findKafkaServer();

afterAll(async () => server?.stop());

function getHarness(): KafkaServer {
  if (server === null) throw new Error('there is no Kafka');
  return server;
}

describe.skipIf(server === null)('what kafkajs does wrong does no harm', () => {
  test('Node warns of nothing while records come and go and connections break', async () => {
    const warnings: string[] = [];
    const onWarning = (warning: Error) => warnings.push(warning.name);
    process.on('warning', onWarning);
    onTestFinished(() => void process.off('warning', onWarning));
    const { sender, receiver, party } = await openPair(getHarness);
    const reading = await read(receiver, { group: party.group, topics: [party.to] });
    // Requests at the same time: kafkajs's queue and its timer come into play.
    await Promise.all(records(200).map((record) => sender.send(party.to, [record])));
    await getHarness().cutConnections?.();
    await expect.poll(() => new Set(reading.keys()).size, { timeout: 20_000 }).toBe(200);
    expect(warnings).toEqual([]);
  });

  test('a consumer that is refused for a while reads on once it is let in again', async (context) => {
    context.skip(!getHarness().hasAccessControl, 'this Kafka keeps nobody out');
    const { sender, receiver, party } = await openPair(getHarness);
    const reading = await read(receiver, { group: party.group, topics: [party.to] });
    await sender.send(party.to, records(1, { prefix: 'before' }));
    await expect.poll(reading.keys).toEqual(['before0']);
    const [, instance = ''] = party.to.split('.');
    const scope = { declaration, instance, participants: ['participant-1'] };
    const noReading = {
      ...declaration,
      participant: {
        ...declaration.participant,
        rules: declaration.participant.rules.map((rule) => ({
          ...rule,
          operations: rule.operations.filter((operation) => operation !== 'read'),
        })),
      },
    };
    // Without right to read kafkajs ends its consumer for good.
    await applyTopology(getHarness().connection, { ...scope, declaration: noReading }, { prune: true });
    await sender.send(party.to, records(1, { prefix: 'after' }));
    await expect.poll(async () => readOnce(party), { timeout: 20_000 }).toBe('topic-forbidden');
    await applyTopology(getHarness().connection, scope);
    await expect.poll(reading.keys, { timeout: 30_000 }).toEqual(['before0', 'after0']);
  });

  test('a way that swallows everything is given up, and reading goes on by another', async (context) => {
    const [proxy] = getHarness().proxies;
    context.skip(proxy === undefined, 'nothing stands before this Kafka');
    const { sender, receiver, party } = await openPair(getHarness);
    const reading = await read(receiver, { group: party.group, topics: [party.to] });
    proxy?.setMode({ kind: 'half-open' });
    const sending = sender.send(party.to, records(1)).catch((error: unknown) => error);
    await expect.poll(() => proxy?.connections(), { timeout: 5_000 }).toBeGreaterThan(0);
    proxy?.cut();
    proxy?.setMode({ kind: 'open' });
    expect(await sending).toBeUndefined();
    await expect.poll(() => [...new Set(reading.keys())], { timeout: 45_000 }).toEqual(['0']);
  });
});

/** What an attempt to read comes to. */
async function readOnce(party: Parameters<typeof open>[0] & { group: string; to: string }): Promise<string> {
  const exchange = await open(party);
  try {
    const { subscription } = await read(exchange, { group: party.group, topics: [party.to] });
    await subscription.close();
    return 'read';
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'failed';
  }
}
