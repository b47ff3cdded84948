/** What an accepted referral may lack, each with what follows from it. */
export const warningMeanings = {
  'country-unknown': 'Nothing says which country is concerned: it can go to Europol alone.',
  'evidence-reference-missing':
    'No reference says under which name the evidence is kept, so it cannot be asked for.',
  'hosting-country-missing': 'Neither country nor address of the host is given.',
  'identifier-missing': 'The person has no identifier: nobody can be found by it.',
  'item-missing': 'Material is referred, but no item says where its evidence is kept.',
  'network-event-missing': 'No network event: without an address and its time a subscriber is rarely found.',
  'occurrence-time-missing': 'No time says when it happened.',
  'person-missing': 'No person or account is named.',
  'port-missing': 'No source port: behind a shared address only the port tells subscribers apart.',
  'preservation-ended': 'The evidence is kept only until a time that has passed.',
  'preservation-missing': 'Nothing says until when the evidence is kept.',
  'preservation-over-twelve-months':
    'The evidence is kept for more than twelve months after report or removal.',
  'profile-url-shortened': 'The query or fragment of the profile address is left out before signing.',
  'urgency-grounds-missing': 'Urgency is claimed without a ground.',
  'victim-empty': 'A person appearing to be a victim is named, and nothing is said of it.',
} as const;

/** Stable code of a warning. */
export type WarningCode = keyof typeof warningMeanings;

/** A weakness of a referral that the hub would accept. */
export interface ReferralWarning {
  /** Where, or where it is missing: a JSON Pointer (RFC 6901). */
  readonly pointer: string;
  readonly code: WarningCode;
}
