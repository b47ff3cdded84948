import { describe, expect, test } from 'vitest';

import { open, openPair, read, records } from './parties.ts';
import type { GetHarness } from './parties.ts';

export function describeFairness(getHarness: GetHarness): void {
  describe('fairness and back-pressure', () => {
    test('a slow handler never has more than one batch, within both limits', async () => {
      const { sender, receiver, party } = await openPair(getHarness);
      const sent = records(300, { bytes: 1_000 });
      await sender.send(party.to, sent);
      let running = 0;
      let most = 0;
      const reading = await read(receiver, {
        group: party.group,
        topics: [party.to],
        maxRecords: 50,
        maxBytes: 10_500,
        async handle() {
          running += 1;
          most = Math.max(most, running);
          await new Promise((resolve) => void setImmediate(resolve));
          running -= 1;
        },
      });
      await expect.poll(() => reading.keys().length, { timeout: 15_000 }).toBe(300);
      expect(most).toBe(1);
      expect(Math.max(...reading.batches.map((batch) => batch.length))).toBe(10);
    });

    test('the number of records is a limit of its own', async () => {
      const { sender, receiver, party } = await openPair(getHarness);
      await sender.send(party.to, records(100));
      const reading = await read(receiver, { group: party.group, topics: [party.to], maxRecords: 8 });
      await expect.poll(() => reading.keys().length).toBe(100);
      expect(Math.max(...reading.batches.map((batch) => batch.length))).toBe(8);
    });

    test('a record larger than a batch may be comes alone', async () => {
      const { sender, receiver, party } = await openPair(getHarness);
      await sender.send(party.to, [
        ...records(2),
        ...records(1, { prefix: 'large', bytes: 50_000 }),
        ...records(2, { prefix: 'b' }),
      ]);
      const reading = await read(receiver, { group: party.group, topics: [party.to], maxBytes: 1_000 });
      await expect.poll(() => reading.keys().length).toBe(5);
      expect(reading.batches.map((batch) => batch.map(({ key }) => key))).toEqual([
        ['0', '1'],
        ['large0'],
        ['b0', 'b1'],
      ]);
    });

    test('a flooded topic delays a quiet one by a batch or two', async () => {
      const { hub, participants } = await getHarness().provision(2);
      const [loud, quiet] = participants;
      const flood = await open(loud);
      await flood.send(loud?.from ?? '', records(1_000));
      const whisper = await open(quiet);
      let handled = 0;
      let handledWhenSent = -1;
      const reading = await read(await open(hub), {
        group: hub.group,
        topics: participants.map(({ from }) => from),
        maxRecords: 10,
        async handle() {
          handled += 1;
          if (handled !== 20) return;
          await whisper.send(quiet?.from ?? '', records(1, { prefix: 'quiet' }));
          handledWhenSent = handled;
        },
      });
      await expect.poll(() => reading.keys(), { timeout: 15_000 }).toContain('quiet0');
      const position = reading.batches.findIndex((batch) => batch[0]?.key === 'quiet0');
      expect(position - handledWhenSent).toBeLessThan(3);
    });
  });
}
