import { describe, expect, test } from 'vitest';

import { open, openPair, read, records } from './parties.ts';
import type { GetHarness } from './parties.ts';

class Failure extends Error {
  readonly code = 'test-failure';
}

export function describeFailures(getHarness: GetHarness): void {
  describe('failures', () => {
    test('a batch whose handler fails comes again, whole and in order', async () => {
      const { sender, receiver, party } = await openPair(getHarness);
      await sender.send(party.to, records(3));
      const seen: string[][] = [];
      const reading = await read(receiver, {
        group: party.group,
        topics: [party.to],
        isTransient: () => true,
        async handle(batch) {
          seen.push(batch.map(({ key }) => key));
          if (seen.length === 1) throw new Failure();
        },
      });
      await expect.poll(reading.keys).toEqual(['0', '1', '2']);
      expect(seen).toEqual([
        ['0', '1', '2'],
        ['0', '1', '2'],
      ]);
    });

    test('a record that always fails is found, quarantined once, and delays nothing else for good', async () => {
      const { sender, receiver, party } = await openPair(getHarness);
      await sender.send(party.to, records(6));
      const tries: string[] = [];
      const reading = await read(receiver, {
        group: party.group,
        topics: [party.to],
        maxAttempts: 3,
        async handle(batch) {
          if (batch.length === 1) tries.push(batch[0]?.key ?? '');
          if (batch.some(({ key }) => key === '2')) throw new Failure();
        },
      });
      await expect.poll(reading.keys, { timeout: 15_000 }).toEqual(['0', '1', '3', '4', '5']);
      expect(tries).toEqual(['0', '1', '2', '2', '2', '3', '4', '5']);
      expect(reading.quarantined.map(({ offset }) => offset)).toEqual([2]);
      await sender.send(party.to, records(2, { prefix: 'later' }));
      await expect.poll(() => reading.keys().slice(5)).toEqual(['later0', 'later1']);
    });

    test('a topic whose record fails does not keep the other topics waiting', async () => {
      const { hub, participants } = await getHarness().provision(2);
      const [sick, healthy] = participants;
      const reading = await read(await open(hub), {
        group: hub.group,
        topics: participants.map(({ from }) => from),
        isTransient: () => true,
        async handle(batch) {
          if (batch[0]?.topic === sick?.from) throw new Failure();
        },
      });
      await (await open(sick)).send(sick?.from ?? '', records(1));
      const sender = await open(healthy);
      for (const record of records(5)) await sender.send(healthy?.from ?? '', [record]);
      await expect.poll(reading.keys).toEqual(['0', '1', '2', '3', '4']);
      expect(reading.quarantined).toEqual([]);
    });

    test('a transient failure is never quarantined', async () => {
      const { sender, receiver, party } = await openPair(getHarness);
      await sender.send(party.to, records(1));
      let failures = 0;
      const reading = await read(receiver, {
        group: party.group,
        topics: [party.to],
        maxAttempts: 1,
        isTransient: (error) => error instanceof Failure,
        async handle() {
          failures += 1;
          if (failures < 4) throw new Failure();
        },
      });
      await expect.poll(reading.keys, { timeout: 15_000 }).toEqual(['0']);
      expect(reading.quarantined).toEqual([]);
    });

    test('a record whose quarantine fails is not lost', async () => {
      const { sender, receiver, party } = await openPair(getHarness);
      await sender.send(party.to, records(2));
      const offers: number[] = [];
      const reading = await read(receiver, {
        group: party.group,
        topics: [party.to],
        maxAttempts: 1,
        async handle(batch) {
          if (batch[0]?.key === '0') throw new Failure();
        },
        async quarantine({ offset }) {
          offers.push(offset);
          if (offers.length === 1) throw new Failure();
        },
      });
      await expect.poll(reading.keys, { timeout: 15_000 }).toEqual(['1']);
      expect(offers).toEqual([0, 0]);
    });

    test('connections cut again and again lose nothing and change no order', async (context) => {
      const { cutConnections } = getHarness();
      context.skip(cutConnections === undefined, 'connections to this exchange cannot be cut');
      const { sender, receiver, party } = await openPair(getHarness);
      const reading = await read(receiver, { group: party.group, topics: [party.to], maxRecords: 5 });
      for (const record of records(60)) {
        if (Number(record.key) % 15 === 7) await cutConnections?.();
        await sendUntilDone(() => sender.send(party.to, [record]));
      }
      await expect.poll(() => new Set(reading.keys()).size, { timeout: 30_000 }).toBe(60);
      expect([...new Set(reading.keys())]).toEqual(records(60).map(({ key }) => key));
    });

    test('after a crash of the exchange everything acknowledged is there, and reading goes on', async (context) => {
      const { restart } = getHarness();
      context.skip(restart === undefined, 'this exchange cannot be restarted');
      const { sender, receiver, party } = await openPair(getHarness);
      const reading = await read(receiver, { group: party.group, topics: [party.to], maxRecords: 5 });
      await sender.send(party.to, records(20, { prefix: 'before' }));
      await restart?.();
      await sendUntilDone(() => sender.send(party.to, records(20, { prefix: 'after' })));
      await expect.poll(() => new Set(reading.keys()).size, { timeout: 30_000 }).toBe(40);
      const expected = [...records(20, { prefix: 'before' }), ...records(20, { prefix: 'after' })];
      expect([...new Set(reading.keys())]).toEqual(expected.map(({ key }) => key));
    });
  });
}

/** As the hub does: the same records again until the exchange says that it has them. */
async function sendUntilDone(send: () => Promise<void>): Promise<void> {
  await expect
    .poll(
      async () =>
        send().then(
          () => 'done',
          (error: unknown) => error,
        ),
      { timeout: 30_000 },
    )
    .toBe('done');
}
