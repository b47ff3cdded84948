import { describe, expect, test } from 'vitest';

import { keysOf, open, openPair, read, records } from './parties.ts';
import type { GetHarness } from './parties.ts';

export function describeDelivery(getHarness: GetHarness): void {
  describe('delivery', () => {
    test('a record arrives as it was sent', async () => {
      const { sender, receiver, party } = await openPair(getHarness);
      const value = Uint8Array.from({ length: 700 * 1024 }, (_, index) => index % 256);
      const headers = { ce_id: 'Zażółć "gęślą" \\ jaźń', traceparent: '' };
      await sender.send(party.to, [{ key: 'ключ', value, headers }]);
      const { batches } = await read(receiver, { group: party.group, topics: [party.to] });
      await expect.poll(() => batches.length).toBe(1);
      const [received] = batches[0] ?? [];
      expect(received).toMatchObject({ topic: party.to, offset: 0, key: 'ключ', headers });
      expect(Buffer.from(value).equals(received?.value ?? new Uint8Array())).toBe(true);
      expect(new Date(received?.appendedAt ?? '').toISOString()).toBe(received?.appendedAt);
    });

    test('records of a topic arrive in the order in which they were sent', async () => {
      const { sender, receiver, party } = await openPair(getHarness);
      const sent = records(1_200);
      const reading = await read(receiver, { group: party.group, topics: [party.to], maxRecords: 7 });
      for (let start = 0; start < 100; start += 10)
        await sender.send(party.to, sent.slice(start, start + 10));
      await sender.send(party.to, sent.slice(100));
      await expect.poll(() => reading.keys().length, { timeout: 20_000 }).toBe(sent.length);
      expect(reading.keys()).toEqual(keysOf(sent));
      expect(reading.batches.flat().map(({ offset }) => offset)).toEqual(sent.map((_, index) => index));
    });

    test('records for several topics go at once, each to its own', async () => {
      const { hub, participants } = await getHarness().provision(3);
      const sender = await open(hub);
      const sent = participants.flatMap(({ to, group }) =>
        records(2, { prefix: group }).map((record) => ({ topic: to, record })),
      );
      await sender.sendEach(sent);
      for (const party of participants) {
        const { to, group } = party;
        const reading = await read(await open(party), { group, topics: [to] });
        await expect
          .poll(() => reading.keys().toSorted())
          .toEqual(keysOf(records(2, { prefix: group })).toSorted());
      }
    });

    test('several topics may be handled at the same time, and of one topic never two batches', async () => {
      const { hub, participants } = await getHarness().provision(3);
      const sender = await open(hub);
      for (const party of participants) await (await open(party)).send(party.from, records(4));
      const running = new Map<string, number>();
      const met = Promise.withResolvers<void>();
      let most = 0;
      let handled = 0;
      let twice = false;
      const reading = await read(sender, {
        group: hub.group,
        topics: participants.map(({ from }) => from),
        concurrency: 3,
        maxRecords: 1,
        async handle([record]) {
          const topic = record?.topic ?? '';
          twice ||= running.has(topic);
          running.set(topic, 1);
          most = Math.max(most, running.size);
          // The first one waits for company.
          if (running.size > 1) met.resolve();
          await met.promise;
          running.delete(topic);
          handled += 1;
        },
      });
      await expect.poll(() => handled).toBe(12);
      await reading.subscription.close();
      expect(twice).toBe(false);
      expect(most).toBeGreaterThan(1);
    });

    test('both directions work, and the hub reads all participants as one group', async () => {
      const { hub, participants } = await getHarness().provision(3);
      const reading = await read(await open(hub), {
        group: hub.group,
        topics: participants.map(({ from }) => from),
      });
      for (const party of participants) {
        await (await open(party)).send(party.from, records(2, { prefix: party.group }));
      }
      await expect.poll(() => reading.keys().length).toBe(6);
      for (const { from, group } of participants) {
        const keys = reading.batches.flat().filter(({ topic }) => topic === from);
        expect(keysOf(keys)).toEqual([`${group}0`, `${group}1`]);
      }
    });

    test('a reader that comes back goes on where it stopped', async () => {
      const { sender, receiver, party } = await openPair(getHarness);
      await sender.send(party.to, records(3, { prefix: 'a' }));
      const first = await read(receiver, { group: party.group, topics: [party.to] });
      await expect.poll(first.keys).toEqual(['a0', 'a1', 'a2']);
      await first.subscription.close();
      await sender.send(party.to, records(2, { prefix: 'b' }));
      const second = await read(receiver, { group: party.group, topics: [party.to] });
      await expect.poll(second.keys, { timeout: 15_000 }).toEqual(['b0', 'b1']);
    });

    test('a reader can go back to an offset and gets everything from there again', async () => {
      const { sender, receiver, party } = await openPair(getHarness);
      await sender.send(party.to, records(5));
      const reading = await read(receiver, { group: party.group, topics: [party.to] });
      await expect.poll(reading.keys).toEqual(['0', '1', '2', '3', '4']);
      await reading.subscription.seek(party.to, 2);
      await expect.poll(reading.keys).toEqual(['0', '1', '2', '3', '4', '2', '3', '4']);
      await expect(reading.subscription.seek(party.to, 6)).rejects.toMatchObject({ code: 'offset-invalid' });
    });

    test('topics can be added while reading', async () => {
      const { hub, participants } = await getHarness().provision(2);
      const [first, second] = participants;
      const reading = await read(await open(hub), { group: hub.group, topics: [first?.from ?? ''] });
      await reading.subscription.addTopics([second?.from ?? '']);
      await (await open(second)).send(second?.from ?? '', records(1));
      await expect.poll(reading.keys).toEqual(['0']);
    });

    test('closing waits for the running batch and its commit', async () => {
      const { sender, receiver, party } = await openPair(getHarness);
      await sender.send(party.to, records(1));
      const { promise: mayFinish, resolve: finish } = Promise.withResolvers<void>();
      const { promise: running, resolve: hasBegun } = Promise.withResolvers<void>();
      const first = await read(receiver, {
        group: party.group,
        topics: [party.to],
        async handle() {
          hasBegun();
          await mayFinish;
        },
      });
      await running;
      const closing = first.subscription.close();
      finish();
      await closing;
      expect(first.keys()).toEqual(['0']);
      const second = await read(receiver, { group: party.group, topics: [party.to] });
      await sender.send(party.to, records(1, { prefix: 'next' }));
      await expect.poll(second.keys, { timeout: 15_000 }).toEqual(['next0']);
    });

    test('what writers send at the same time to one topic is read without a gap, in the order of offsets', async () => {
      const { sender, receiver, party } = await openPair(getHarness);
      const reading = await read(receiver, { group: party.group, topics: [party.to], maxRecords: 20 });
      const writers = Array.from({ length: 8 }, async (_, writer) => {
        for (const record of records(25, { prefix: `${writer}-` })) await sender.send(party.to, [record]);
      });
      await Promise.all(writers);
      await expect.poll(() => reading.keys().length, { timeout: 20_000 }).toBe(200);
      expect(reading.batches.flat().map(({ offset }) => offset)).toEqual(
        records(200).map((_, index) => index),
      );
      for (let writer = 0; writer < 8; writer += 1) {
        const own = reading.keys().filter((key) => key.startsWith(`${writer}-`));
        expect(own).toEqual(keysOf(records(25, { prefix: `${writer}-` })));
      }
    });

    test('a record larger than the exchange takes is refused and the topic goes on', async () => {
      const { sender, receiver, party } = await openPair(getHarness);
      await expect(sender.send(party.to, records(1, { bytes: 2 * 1024 * 1024 }))).rejects.toMatchObject({
        code: 'record-refused',
      });
      await sender.send(party.to, records(1));
      const reading = await read(receiver, { group: party.group, topics: [party.to] });
      await expect.poll(reading.keys).toEqual(['0']);
    });
  });
}
