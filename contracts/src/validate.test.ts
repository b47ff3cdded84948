import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { validateBody, validateMessage, validateReceived } from './validate.ts';

const example = JSON.parse(
  readFileSync(new URL('../examples/dispatch/valid/first.json', import.meta.url), 'utf8'),
) as Record<string, unknown>;
const later = { ...example, schemaVersion: '1.7', colour: 'blue' };

describe('a message of a later minor version', () => {
  test('is taken by a receiver, what it does not know left aside', () => {
    expect(validateReceived('dispatch', later).ok).toBe(true);
  });

  test('is refused where the declared version is held to the letter', () => {
    const result = validateMessage('dispatch', later);
    expect(result.ok ? [] : result.faults.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/colour member-unknown',
      '/schemaVersion value-not-listed',
    ]);
  });

  test('of another major is refused by a receiver too', () => {
    const result = validateReceived('dispatch', { ...example, schemaVersion: '2.0' });
    expect(result.ok ? [] : result.faults).toEqual([{ pointer: '/schemaVersion', code: 'format-wrong' }]);
  });

  test('still has to hold what the first one asked for', () => {
    const { referralId: _left, ...rest } = later as Record<string, unknown>;
    const result = validateReceived('dispatch', rest);
    expect(result.ok ? [] : result.faults).toEqual([{ pointer: '/referralId', code: 'member-missing' }]);
  });
});

test('the body of a request is checked against its OpenAPI document', () => {
  const result = validateBody('submission-api#Batch', { referrals: [1], more: true });
  expect(result.ok ? [] : result.faults).toEqual([
    { pointer: '/more', code: 'member-unknown' },
    { pointer: '/referrals/0', code: 'type-wrong' },
  ]);
});
