import fc from 'fast-check';
import { expect, test } from 'vitest';

import { roleName } from './role-name.ts';

const id = fc.stringMatching(/^[a-z][a-z0-9-]{1,62}$/u);
const instance = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,31}$/u);

test('a short name says which participant it is', () => {
  expect(roleName('demo', 'le-de')).toBe('liaison_demo_le-de');
});

test('a name fits into an identifier of PostgreSQL', () => {
  fc.assert(
    fc.property(instance, id, (instanceName, participantId) => {
      expect(roleName(instanceName, participantId).length).toBeLessThanOrEqual(63);
    }),
  );
});

test('long names that differ only at their end do not meet', () => {
  const long = 'x'.repeat(62);
  expect(roleName('demo', `${long}a`)).not.toBe(roleName('demo', `${long}b`));
});

test.each([
  ['demo_a', 'b'],
  ['demo', 'a_b'],
  ['demo', ''],
  ['demo', 'A'],
  ['demo', 'a"; drop role x; --'],
])('what is no id is refused: %s, %s', (instanceName, participantId) => {
  expect(() => roleName(instanceName, participantId)).toThrow(
    expect.objectContaining({ code: 'participant-invalid' }) as Error,
  );
});
