/** What one sender did and was told. */
export interface Submission {
  readonly senderId: string;
  readonly reference: string;
  /** Digest of the payload that was sent. */
  readonly digest: string;
  readonly answer:
    | { readonly kind: 'accepted'; readonly referralId: string; readonly leaf: string }
    | { readonly kind: 'refused' }
    /** The sender never heard: it may have been accepted. */
    | { readonly kind: 'none' };
  /** Who should get it, as its maker knows; null where it should be refused. */
  readonly addressees: readonly string[] | null;
}

/** An answer that a contact point signed. */
export interface SignedAnswer {
  readonly feedbackId: string;
  readonly dispatchId: string;
  readonly sequence: number;
  readonly kind: string;
  readonly digest: string;
  /** What it makes of the dispatch; null leaves that as it is. */
  readonly effect: 'acknowledged' | 'declined' | 'closed' | null;
}

/** What one contact point has. */
export interface ContactPointHistory {
  readonly id: string;
  readonly dispatches: readonly {
    readonly id: string;
    readonly referralId: string;
    readonly sequence: number;
    readonly digest: string;
  }[];
  /** What it said in its receipts, entry by entry. */
  readonly receipted: readonly {
    readonly dispatchId: string;
    readonly digest: string | null;
    readonly outcome: string;
  }[];
  readonly answers: readonly SignedAnswer[];
}

/** What the hub has. */
export interface HubHistory {
  readonly referrals: readonly {
    readonly id: string;
    readonly senderId: string;
    readonly reference: string;
    readonly digest: string;
  }[];
  readonly dispatches: readonly {
    readonly id: string;
    readonly referralId: string;
    readonly addresseeId: string;
    readonly sequence: number;
    readonly digest: string;
    readonly state: string;
    readonly answer: string | null;
    readonly answerSequence: number;
  }[];
  readonly feedback: readonly Omit<SignedAnswer, 'effect'>[];
}

/** What the ledger says, and what was seen of it while it grew. */
export interface LedgerHistory {
  /** Whether signatures, hashes and proofs are good, as an outsider checks them. */
  readonly verifies: boolean;
  readonly size: number;
  readonly leaves: readonly {
    readonly position: number;
    /** base64url. */
    readonly leaf: string;
    readonly type: string;
    readonly subjectId: string;
  }[];
  /** Roots of the log as it is now, at the sizes of which somebody saw a checkpoint. */
  readonly roots: Readonly<Record<number, string>>;
  readonly checkpointsSeen: readonly { readonly size: number; readonly root: string }[];
}

/** Everything from which is decided whether anything was lost, doubled or invented: plain data. */
export interface History {
  readonly submissions: readonly Submission[];
  readonly hub: HubHistory;
  readonly contactPoints: readonly ContactPointHistory[];
  readonly ledger: LedgerHistory;
}

export type ViolationCode =
  | 'accepted-lost'
  | 'accepted-otherwise'
  | 'refused-taken'
  | 'addressee-missed'
  | 'addressee-uninvited'
  | 'delivered-twice'
  | 'unaccepted-arrived'
  | 'sequence-gap'
  | 'sequence-undone'
  | 'answer-lost'
  | 'answer-doubled'
  | 'answer-invented'
  | 'receipt-differs'
  | 'receipt-missing'
  | 'ledger-unverified'
  | 'ledger-gap'
  | 'ledger-forked'
  | 'event-missing'
  | 'event-doubled';

/** One promise that was broken, and about what. */
export interface Violation {
  readonly code: ViolationCode;
  readonly subjectId: string;
}
