import type { Country, MemberState, ParticipantKind, Referral, RoutingPolicy } from '@liaison/contracts';

/** What the data sets say of one address of a host: two opinions that know nothing of each other. */
export interface AddressFact {
  readonly country: Country | null;
  readonly secondOpinion: Country | null;
}

/** Country data, held by the caller: this package opens no file. */
export interface CountryFacts {
  /** @param ipAddress IPv4 or IPv6, as the referral has it. */
  readonly lookUpAddress: (ipAddress: string) => AddressFact;
  /** Name and build time (RFC 3339, UTC, milliseconds) of every data set that is asked; at most four. */
  readonly dataSets: readonly { readonly name: string; readonly builtAt: string }[];
}

/** All that a decision rests on: the same input gives the same decision. */
export interface DecisionInput {
  readonly referral: Referral;
  readonly policy: RoutingPolicy;
  readonly countryFacts: CountryFacts;
  /** The sender as the directory has it: Article 33 asks for nothing else. */
  readonly sender: {
    readonly kind: ParticipantKind;
    readonly establishment: MemberState | null;
    readonly legalRepresentative: MemberState | null;
  };
  /** States addressed by the earlier referral that this one's relation names; null where there is none. */
  readonly prior: { readonly states: readonly MemberState[] } | null;
  /** When the hub accepted the referral: ages are counted to this time. RFC 3339, UTC, milliseconds. */
  readonly acceptedAt: string;
  /** RFC 3339, UTC, milliseconds. */
  readonly decidedAt: string;
  /** 1 for the first decision on the referral. */
  readonly version: number;
}
