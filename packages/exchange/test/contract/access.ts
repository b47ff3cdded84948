import { describe, expect, test } from 'vitest';

import { open, read, records } from './parties.ts';
import type { GetHarness } from './parties.ts';

export function describeAccess(getHarness: GetHarness): void {
  describe('access', () => {
    test('a participant can neither write to another one nor in its name, nor read what others get', async (context) => {
      context.skip(!getHarness().hasAccessControl, 'this exchange keeps nobody out');
      const { participants } = await getHarness().provision(2);
      const [thief, victim] = participants;
      const exchange = await open(thief);
      for (const topic of [victim?.to, victim?.from, thief?.to, 'no.such.topic']) {
        await expect(exchange.send(topic ?? '', records(1))).rejects.toMatchObject({
          code: 'topic-forbidden',
        });
      }
      for (const topic of [victim?.to, victim?.from, thief?.from, 'no.such.topic']) {
        for (const group of [thief?.group, victim?.group, 'hub']) {
          const attempt = read(exchange, { group: group ?? '', topics: [topic ?? ''] });
          await expect(attempt).rejects.toMatchObject({ code: 'topic-forbidden' });
        }
      }
    });

    test('a participant reads its topic as its own group only', async (context) => {
      context.skip(!getHarness().hasAccessControl, 'this exchange keeps nobody out');
      const { participants } = await getHarness().provision(1);
      const [party] = participants;
      const exchange = await open(party);
      const attempt = read(exchange, { group: 'another', topics: [party?.to ?? ''] });
      await expect(attempt).rejects.toMatchObject({ code: 'topic-forbidden' });
    });
  });
}
