import type { Referral } from '@liaison/contracts';
import type { SignalRole } from './signal.ts';

type Person = NonNullable<Referral['persons']>[number];

/** What an observation speaks of, and a code where that is assumed rather than said. */
export interface RoleOf {
  readonly role: SignalRole;
  readonly weakenedBy: readonly string[];
}

const roleOf: Readonly<Record<Person['role'], SignalRole>> = {
  reportedUser: 'reportedUser',
  personAppearingToBeVictim: 'victim',
  recipient: 'otherPerson',
  otherInvolved: 'otherPerson',
  unclear: 'otherPerson',
};

/**
 * Finds what an observation of one person speaks of. Without a person's id it is the one person's whom the referral knows,
 * or the reported user's where there is one such among several; else nobody can tell whose it is.
 */
export function findRole(referral: Referral, personId: string | undefined): RoleOf {
  const persons = referral.persons ?? [];
  const named = persons.find((person) => person.personId === personId);
  if (named !== undefined) return { role: roleOf[named.role], weakenedBy: [] };
  const [only, ...others] = persons;
  if (only === undefined) return { role: 'reportedUser', weakenedBy: [] };
  if (others.length === 0) return { role: roleOf[only.role], weakenedBy: [] };
  const isOneReported = persons.filter(({ role }) => role === 'reportedUser').length === 1;
  return isOneReported
    ? { role: 'reportedUser', weakenedBy: ['personAssumed'] }
    : { role: 'otherPerson', weakenedBy: [] };
}

/** Says whether what this person sent or uploaded is the offence: not so for the child, nor for who only received it. */
export function actsInOffence(referral: Referral, personId: string | undefined): boolean {
  const person = referral.persons?.find((entry) => entry.personId === personId);
  return person?.role !== 'personAppearingToBeVictim' && person?.role !== 'recipient';
}
