import { expect, test } from 'vitest';

import { DatabaseError } from './database-error.ts';
import { withRetry } from './retry.ts';

const log = { debug() {}, info() {}, warn() {}, error() {} };
const refused = (sqlstate: string) =>
  new DatabaseError('statement-failed', { sqlstate, errno: null, table: null, constraint: null });

function failing(errors: Error[]) {
  const pauses: number[] = [];
  return {
    pauses,
    work: async () => {
      const error = errors.shift();
      if (error !== undefined) throw error;
      return 'done';
    },
    options: {
      log,
      random: () => 0,
      sleep: async (delayMs: number) => {
        pauses.push(delayMs);
      },
    },
  };
}

test('what another transaction spoiled is done again, with growing pauses', async () => {
  const { work, options, pauses } = failing([refused('40001'), refused('40P01'), refused('55P03')]);
  expect(await withRetry(work, options)).toBe('done');
  expect(pauses).toEqual([5, 10, 20]);
});

test('a fault of the program is not tried again', async () => {
  const { work, options, pauses } = failing([refused('23505')]);
  await expect(withRetry(work, options)).rejects.toMatchObject({ sqlstate: '23505' });
  expect(pauses).toEqual([]);
});

test('the last of the allowed attempts passes its error on', async () => {
  const { work, options, pauses } = failing([refused('57P03'), refused('57P03'), refused('57P03')]);
  await expect(withRetry(work, { ...options, maxAttempts: 2 })).rejects.toMatchObject({ sqlstate: '57P03' });
  expect(pauses).toHaveLength(1);
});

test('an aborted signal ends the attempts', async () => {
  const { work, options } = failing([refused('57P03')]);
  await expect(withRetry(work, { ...options, signal: AbortSignal.abort() })).rejects.toMatchObject({
    sqlstate: '57P03',
  });
});
