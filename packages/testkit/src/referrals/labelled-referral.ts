import type { ProblemCode, Referral } from '@liaison/contracts';

/** What should become of a referral, as its maker knows it: the hub's own rules are not asked. */
export type Label =
  | { readonly kind: 'accepted'; readonly addressees: readonly string[] }
  | { readonly kind: 'rejected'; readonly problem: ProblemCode };

/** How the sender behaves when it submits. */
export type Conduct =
  | 'plain'
  /** The very same JWS once more. */
  | 'sentAgain'
  /** The same payload, signed anew. */
  | 'signedAgain'
  /** Signed by a clock that is twenty minutes behind. */
  | 'clockBehind'
  /** Signed with a key that the directory does not have. */
  | 'foreignKey';

/** A referral with its label. */
export interface LabelledReferral {
  readonly senderId: string;
  readonly referral: Referral;
  readonly label: Label;
  readonly conduct: Conduct;
  /** Reference of a referral that has to be accepted before this one is sent. */
  readonly after: string | null;
}
