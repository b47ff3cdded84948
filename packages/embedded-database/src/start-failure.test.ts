import { expect, test } from 'vitest';

import { explainFailure } from './start-failure.ts';

// What PostgreSQL 18 prints.
test.each([
  ['port-in-use', 'LOG:  could not bind IPv4 address "127.0.0.1": Address already in use'],
  ['disk-full', 'FATAL:  could not write to file "pg_wal/xlogtemp.29": No space left on device'],
  ['disk-full', 'FATAL:  could not write lock file "postmaster.pid": Disk quota exceeded'],
  ['out-of-memory', 'FATAL:  could not create shared memory segment: No space left on device'],
  ['out-of-memory', 'FATAL:  could not map anonymous shared memory: Cannot allocate memory'],
  ['already-running', 'FATAL:  lock file "postmaster.pid" already exists'],
  ['already-running', 'FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use'],
  ['data-of-another-version', 'FATAL:  database files are incompatible with server'],
  ['data-of-another-user', 'FATAL:  data directory "/x" has wrong ownership'],
  ['start-failed', 'FATAL:  something else'],
])('%s: %s', (code, line) => {
  expect(explainFailure(['LOG:  starting PostgreSQL', line], 'start-failed')).toMatchObject({ code });
});
