export { addresseesOf } from './addressees.ts';
export type { Addressees, DirectoryParticipant } from './addressees.ts';
export { decideJurisdiction } from './decide-jurisdiction.ts';
export type { AddressFact, CountryFacts, DecisionInput } from './decision-input.ts';
export { redirectDecision } from './redirect-decision.ts';
export type { Decline, EarlierAddressee, Place, Redirected, RedirectInput } from './redirect-decision.ts';
