import { expect, test } from 'vitest';

import { DatabaseError, describeDatabaseError, retryRuleOf, toDatabaseError } from './database-error.ts';

const uniqueViolation = Object.assign(new Error('duplicate key value violates unique constraint'), {
  severity: 'ERROR',
  code: '23505',
  detail: 'Key (email)=(victim@example.org) already exists.',
  table: 'item',
  constraint: 'one_each',
});

test('an error of the server is reduced to its code, table and constraint', () => {
  expect(describeDatabaseError(uniqueViolation)).toEqual({
    sqlstate: '23505',
    errno: null,
    table: 'item',
    constraint: 'one_each',
  });
});

test('a broken connection is known by its errno name, not taken for a SQLSTATE', () => {
  const error = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
  expect(describeDatabaseError(error)).toMatchObject({ sqlstate: null, errno: 'EPIPE' });
  expect(toDatabaseError(error)).toMatchObject({ code: 'connection-failed', kind: 'retry' });
});

test('a connection that ended without any code is worth another attempt', () => {
  expect(toDatabaseError(new Error('Connection terminated unexpectedly'))).toMatchObject({
    code: 'connection-failed',
    kind: 'retry',
  });
});

test('the error of a database is found behind the error that it caused', () => {
  const error = new Error('sending failed', { cause: new DatabaseError('connection-failed') });
  expect(retryRuleOf(error).kind).toBe('retry');
});

test.each([
  undefined,
  null,
  'text',
  7,
  {},
  new Error('any'),
  Object.assign(new Error('x'), { code: 'own-code' }),
])('anything else thrown is a fault about which nothing is known: %o', (thrown) => {
  expect(describeDatabaseError(thrown)).toEqual({
    sqlstate: null,
    errno: null,
    table: null,
    constraint: null,
  });
  expect(retryRuleOf(thrown).kind).toBe('fault');
});
