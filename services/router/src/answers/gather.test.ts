import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createGatherer } from './gather.ts';

test('what is asked for at the same time runs together, in order', async () => {
  const runs: (readonly number[])[] = [];
  const gather = createGatherer<number>((items) => {
    runs.push(items);
    return Promise.resolve();
  });
  await Promise.all([gather([1, 2]), gather([3]), gather([4, 5])]);
  expect(runs).toEqual([[1, 2, 3, 4, 5]]);
});

test('every item runs once with success, and only who brought a faulty one fails', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.nat(20), { minLength: 1, maxLength: 4 }), { maxLength: 8 }),
      async (asked) => {
        const done: number[] = [];
        const isFaulty = (item: number): boolean => item === 7;
        const gather = createGatherer<number>((items) => {
          if (items.some(isFaulty)) return Promise.reject(new Error('faulty'));
          done.push(...items);
          return Promise.resolve();
        });
        const results = await Promise.allSettled(asked.map((items) => gather(items)));
        expect(results.map(({ status }) => status)).toEqual(
          asked.map((items) => (items.some(isFaulty) ? 'rejected' : 'fulfilled')),
        );
        const good = asked.filter((items) => !items.some(isFaulty)).flat();
        const ascending = (left: number, right: number): number => left - right;
        expect(done.toSorted(ascending)).toEqual(good.toSorted(ascending));
      },
    ),
  );
});
