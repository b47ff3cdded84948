import type { DeliveryReceipt } from '@liaison/contracts';
import type { SentParcel } from '../store/receipts.ts';
import { unansweredCode } from './refusal-rule.ts';

/** A delivery receipt that has been verified. */
export interface Receipted {
  readonly from: string;
  readonly receipt: DeliveryReceipt;
  readonly digest: string;
}

/** What a receipt says of one dispatch. */
export interface Statement {
  readonly dispatchId: string;
  /** Digest of the payload that was received, where it could be read. */
  readonly digest: string | null;
  /** Why it was refused; null where it was taken. */
  readonly refusal: string | null;
}

/** A receipt, read against what really travelled. */
export interface ReadReceipt {
  /** Whether the parcel is one that we sent to this participant. */
  readonly isOurs: boolean;
  readonly statements: readonly Statement[];
  /** Ids or digests of what the receipt speaks of and never was sent. */
  readonly strays: readonly string[];
}

function refuseAll(parcel: SentParcel, refusal: string): ReadReceipt {
  const statements = parcel.dispatchIds.map((dispatchId) => ({ dispatchId, digest: null, refusal }));
  return { isOurs: true, statements, strays: [] };
}

/**
 * Reads what a receipt says of each dispatch of its parcel. Of a parcel that could not be opened it says the same of all;
 * of one that was opened, what it leaves out was not taken either.
 */
export function readStatements({ from, receipt }: Receipted, parcel: SentParcel | undefined): ReadReceipt {
  if (parcel?.addresseeId !== from) return { isOurs: false, statements: [], strays: [receipt.parcelDigest] };
  if (receipt.outcome === 'refused') return refuseAll(parcel, receipt.code ?? 'undecryptable');
  const statements: Statement[] = [];
  const strays: string[] = [];
  for (const entry of receipt.entries) {
    if (!('dispatchId' in entry)) strays.push(entry.feedbackId);
    else if (!parcel.dispatchIds.includes(entry.dispatchId)) strays.push(entry.dispatchId);
    else {
      const { dispatchId, digest, outcome, code } = entry;
      statements.push({
        dispatchId,
        digest,
        refusal: outcome === 'accepted' ? null : (code ?? 'jws-malformed'),
      });
    }
  }
  for (const dispatchId of parcel.dispatchIds) {
    if (statements.some((one) => one.dispatchId === dispatchId)) continue;
    statements.push({ dispatchId, digest: null, refusal: unansweredCode });
  }
  return { isOurs: true, statements, strays };
}
