import fc from 'fast-check';
import { memberStates } from '@liaison/contracts';
import { describe, expect, test } from 'vitest';
import { createDirectory, createKey, createParticipant } from '../fixtures/create-directory.ts';
import { indexDirectory, type Participant } from './directory-index.ts';

const belgianKey = createKey();
const acmeKey = createKey();
const index = indexDirectory(
  createDirectory({
    participants: [
      createParticipant('hub', 'hub'),
      createParticipant('acme', 'provider', { country: 'BE', keys: [acmeKey] }),
      createParticipant('line', 'hotline', { country: 'BE' }),
      createParticipant('ca-be', 'coordinatingAuthority', { country: 'BE' }),
      createParticipant('cp-be', 'lawEnforcement', {
        country: 'BE',
        keys: [belgianKey],
        schemaVersions: ['1.0', '1.1'],
        dispatchKinds: ['referral', 'recall'],
      }),
      createParticipant('cp-fr', 'lawEnforcement', { country: 'FR' }),
      createParticipant('europol', 'europol'),
    ],
  }),
);

describe('a participant', () => {
  test('is found by its id, with its kind, country, versions and kinds of dispatch', () => {
    expect(index.participant('cp-be')).toMatchObject({
      kind: 'lawEnforcement',
      country: 'BE',
      schemaVersions: ['1.0', '1.1'],
      dispatchKinds: ['referral', 'recall'],
    });
  });

  test.each(['cp-nl', 'CP-BE', '', 'constructor', '__proto__'])('is not found by %j', (id) => {
    expect(index.participant(id)).toBeUndefined();
  });
});

describe('a key', () => {
  test('is found by its owner and its thumbprint', () => {
    expect(index.key('acme', acmeKey.kid)).toEqual(acmeKey);
  });

  test('of another participant is not found under its own', () => {
    expect(index.key('acme', belgianKey.kid)).toBeUndefined();
    expect(index.key('cp-be', acmeKey.kid)).toBeUndefined();
  });
});

describe('the contact point of a Member State', () => {
  test('is its law enforcement, not whoever else is of that country', () => {
    expect(index.contactPointOf('BE')?.id).toBe('cp-be');
    expect(index.contactPointOf('FR')?.id).toBe('cp-fr');
  });

  test('that nobody is enrolled for is missing, and no other stands in', () => {
    expect(index.contactPointOf('NL')).toBeUndefined();
  });

  test('is found for every state, whatever the order of the directory', () => {
    const everyone: Participant[] = memberStates.flatMap((country) => [
      createParticipant(`cp-${country.toLowerCase()}`, 'lawEnforcement', { country }),
      createParticipant(`ca-${country.toLowerCase()}`, 'coordinatingAuthority', { country }),
    ]);
    fc.assert(
      fc.property(
        fc.shuffledSubarray(everyone, { minLength: 1 }),
        fc.constantFrom(...memberStates),
        (participants, state) => {
          const found = indexDirectory(createDirectory({ participants })).contactPointOf(state)?.id;
          const id = `cp-${state.toLowerCase()}`;
          expect(found).toBe(participants.some((one) => one.id === id) ? id : undefined);
        },
      ),
    );
  });
});
