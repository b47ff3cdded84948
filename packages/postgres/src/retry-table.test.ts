import fc from 'fast-check';
import { expect, test } from 'vitest';

import { retryDelayMs, retryRuleFor } from './retry-table.ts';

// Pinned: services, alarms and runbooks rely on these.
test.each([
  [
    'retry',
    ['40001', '40P01', '55P03', '08006', '57P01', '57P02', '57P03', '53300', 'ECONNREFUSED', 'ECONNRESET'],
  ],
  ['disk-full', ['53100', 'ENOSPC']],
  ['fault', ['23505', '22P02', '42501', '28P01', '57014', 'ERR_ASSERTION', null]],
] as const)('%s', (kind, codes) => {
  expect(codes.map((code) => retryRuleFor(code).kind)).toEqual(codes.map(() => kind));
});

test('a pause lies between half of the doubled delay and all of it, and never above the maximum', () => {
  const rule = retryRuleFor('08006');
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 10_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (attempt, random) => {
        const delayMs = retryDelayMs(rule, { attempt, random: () => random });
        const ceiling = Math.min(rule.maxDelayMs, rule.minDelayMs * 2 ** (attempt - 1));
        expect(delayMs).toBeGreaterThanOrEqual(ceiling / 2);
        expect(delayMs).toBeLessThanOrEqual(ceiling);
      },
    ),
  );
});
