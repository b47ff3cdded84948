import { expect, test } from 'vitest';

import { findUnprivilegedUser } from './unprivileged-user.ts';

/** A machine with these programs, on which `creates` makes the user. */
function createMachine({ exists, creates }: { exists: boolean; creates: string }) {
  const calls: string[] = [];
  let isThere = exists;
  const run = async (command: string, given: readonly string[]) => {
    calls.push(command);
    if (command === creates) isThere = true;
    if (command !== 'id' && command !== creates) throw new Error('ENOENT');
    if (command === 'id' && !isThere) throw new Error('no such user');
    return given.includes('-u') ? '101' : '104';
  };
  return { calls, run };
}

test('an ordinary user runs the server himself', async () => {
  const { calls, run } = createMachine({ exists: true, creates: 'useradd' });
  expect(await findUnprivilegedUser(1000, run)).toBeUndefined();
  expect(calls).toEqual([]);
});

test('root hands it to the user postgres', async () => {
  const { calls, run } = createMachine({ exists: true, creates: 'useradd' });
  expect(await findUnprivilegedUser(0, run)).toEqual({ uid: 101, gid: 104 });
  expect(new Set(calls)).toEqual(new Set(['id']));
});

test.each(['useradd', 'adduser'])('where that user is missing, root creates it with %s', async (creates) => {
  const { run } = createMachine({ exists: false, creates });
  expect(await findUnprivilegedUser(0, run)).toEqual({ uid: 101, gid: 104 });
});

test('where it cannot be created, the fault has its own code', async () => {
  const { run } = createMachine({ exists: false, creates: 'nothing' });
  await expect(findUnprivilegedUser(0, run)).rejects.toMatchObject({ code: 'user-missing' });
});
