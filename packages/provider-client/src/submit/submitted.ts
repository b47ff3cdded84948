import type { Problem } from '@liaison/contracts';
import type { ReceiptFault, VerifiedReceipt } from '../verify/verify-receipt.ts';

/** Why it is not known yet whether a referral was accepted. */
export type RetryCode =
  /** Nobody answered, or not to the end. */
  | 'unreachable'
  /** The hub answered that it cannot now (429 or 5xx); `problem` says why. */
  | 'not-now'
  /** The directory that the hub serves has expired by our clock, or has not been issued yet. */
  | 'directory-not-current';

/** The hub has it, durably, and has signed for it. */
export interface Accepted {
  /** `acceptedBefore`: the original receipt of an earlier submission with the same payload. */
  readonly kind: 'accepted' | 'acceptedBefore';
  readonly reference: string;
  readonly referralId: string;
  /** Verified; its `jws` is what to keep. */
  readonly receipt: VerifiedReceipt;
}

/** It is not accepted, and will not be as it stands. */
export interface Refused {
  readonly kind: 'refused';
  readonly reference: string | null;
  /** `client`: found before anything was sent. */
  readonly by: 'client' | 'hub';
  readonly problem: Problem;
  /** By how much the hub's clock is ahead of ours, milliseconds, where the hub says that a clock is wrong. */
  readonly clockOffsetMs?: number;
}

/** The hub says that it accepted, and what it signed does not prove it: an incident, talk to the hub. */
export interface ReceiptRejected {
  readonly kind: 'receiptRejected';
  readonly reference: string;
  readonly code: ReceiptFault;
  /** As it came. */
  readonly receipt: string;
}

/** Not known: submit again, with the same bytes (`submitJws`) or the same referral; both are safe. */
export interface TryAgain {
  readonly kind: 'retry';
  readonly reference: string | null;
  readonly code: RetryCode;
  /** After how many milliseconds it is worth trying. */
  readonly afterMs: number;
  readonly problem?: Problem;
  readonly clockOffsetMs?: number;
  /** What was sent, to be sent again with `submitJws` while its `iat` is in the window. */
  readonly jws: string;
}

/** What became of one submission. */
export type Submitted = Accepted | Refused | ReceiptRejected | TryAgain;
