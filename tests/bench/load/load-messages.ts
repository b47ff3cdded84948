import type { MemberState } from '@liaison/contracts';

/** Who submits, and where: what the load generator needs to know of an installation. */
export interface LoadTarget {
  readonly submissionApi: string;
  readonly instance: string;
  readonly senders: readonly {
    readonly id: string;
    readonly key: { readonly kid: string; readonly jwk: JsonKey };
  }[];
}

/** A private key on P-256. */
interface JsonKey {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
  readonly d: string;
}

/** Which referrals to make and sign ahead of time. */
export interface Preparation {
  readonly count: number;
  readonly seed: number;
  readonly prefix: string;
  /** Only these states are concerned; null: all, each as often as its population would have it. */
  readonly states: readonly MemberState[] | null;
  /** Whether only referrals to one state and Europol are made: the main job. Else any that are accepted. */
  readonly oneStateOnly: boolean;
}

/** How to submit what was prepared. */
export type Pace =
  /** So many a second, whatever the hub does. */
  | { readonly kind: 'open'; readonly rate: number; readonly seconds: number }
  /** As fast as it goes with at most so many under way, of which the tallies tell. */
  | { readonly kind: 'closed'; readonly underWay: number; readonly seconds: number };

/** To the load generator. */
export type LoadOrder =
  | { readonly kind: 'target'; readonly target: LoadTarget }
  | { readonly kind: 'prepare'; readonly preparation: Preparation }
  | { readonly kind: 'run'; readonly pace: Pace }
  /** How many referrals are under way at the hub. */
  | { readonly kind: 'tally'; readonly underWay: number };

/** What became of the referrals of one run; the same place in each list is the same referral. */
export interface LoadResult {
  readonly ids: readonly string[];
  /** When each was first sent, milliseconds since 1970. */
  readonly postedMs: readonly number[];
  /** From sending to the signed receipt, milliseconds. */
  readonly answerMs: readonly number[];
  /** Answers that were no acceptance, by status and code. */
  readonly refused: Readonly<Record<string, number>>;
  /** How many were sent. */
  readonly submitted: number;
  /** The latest that one was sent after it was due, milliseconds; open loop only. */
  readonly behindMs: number;
}

/** From the load generator. */
export type LoadReport =
  | { readonly kind: 'started' }
  | { readonly kind: 'prepared'; readonly count: number; readonly meanBytes: number }
  | { readonly kind: 'ended'; readonly result: LoadResult };
