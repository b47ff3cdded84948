export { addresseesOf } from './addressees.ts';
export type { Addressees, DirectoryParticipant } from './addressees.ts';
export { decideJurisdiction } from './decide-jurisdiction.ts';
export type { AddressFact, CountryFacts, DecisionInput } from './decision-input.ts';
