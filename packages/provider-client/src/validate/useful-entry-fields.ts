import type { HostedUrl, NetworkEvent, Person, UsefulField } from './useful-fields.ts';

const is = (value: unknown): boolean => value !== undefined;

export const personFields: readonly UsefulField<Person>[] = [
  {
    field: '/persons/*/identifiers',
    goodFor: ['attribution', 'route'],
    why: 'A verified number or mail address leads to a subscriber; a number also to a state.',
    has: ({ identifiers }) => is(identifiers),
  },
  {
    field: '/persons/*/places',
    goodFor: ['route'],
    why: 'A declared, billing or estimated country is a sign of its own, best where verified.',
    has: ({ places }) => is(places),
  },
  {
    field: '/persons/*/ageBand',
    goodFor: ['urgency'],
    why: 'How old a child appears to be says how soon somebody has to act.',
    has: ({ ageBand, mayBeChild }) => (mayBeChild === 'yes' ? is(ageBand) : null),
  },
  {
    field: '/persons/*/lastLoginAt',
    goodFor: ['attribution'],
    why: 'Says whether the account is still in use, and which records may still exist.',
    has: ({ lastLoginAt, role }) => (role === 'reportedUser' ? is(lastLoginAt) : null),
  },
  {
    field: '/persons/*/accountAction',
    goodFor: ['urgency'],
    why: 'Says whether the account can still reach others.',
    has: ({ accountAction, role }) => (role === 'reportedUser' ? is(accountAction) : null),
  },
];

export const networkEventFields: readonly UsefulField<NetworkEvent>[] = [
  {
    field: '/networkEvents/*/port',
    goodFor: ['attribution'],
    why: 'Behind a shared IPv4 address only the source port tells subscribers apart.',
    has: ({ port, ipAddress }) => (ipAddress.includes(':') ? null : is(port)),
  },
  {
    field: '/networkEvents/*/network',
    goodFor: ['route', 'attribution'],
    why: 'An exit of a VPN or of Tor says nothing of a place: unsaid, it may send a referral astray.',
    has: ({ network }) => is(network) && network !== 'unknown',
  },
  {
    field: '/networkEvents/*/personId',
    goodFor: ['route'],
    why: 'Among several persons it says whose address it is.',
    has: ({ personId }, { persons }) => ((persons ?? []).length > 1 ? is(personId) : null),
  },
];

export const urlFields: readonly UsefulField<HostedUrl>[] = [
  {
    field: '/urls/*/hostingCountry',
    goodFor: ['route'],
    why: 'The host decides the state; its country or its address is needed.',
    has: ({ hostingCountry, ipAddress }) => is(hostingCountry) || is(ipAddress),
  },
  {
    field: '/urls/*/cdnFronted',
    goodFor: ['route'],
    why: "Behind a delivery network the address is that network's and not the host's.",
    has: ({ cdnFronted }) => is(cdnFronted) && cdnFronted !== 'unknown',
  },
  {
    field: '/urls/*/state',
    goodFor: ['urgency'],
    why: 'Says whether it can still be reached.',
    has: ({ state }) => is(state),
  },
];
