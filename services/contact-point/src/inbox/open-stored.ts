import { limits, validateReceived, type Dispatch, type Referral } from '@liaison/contracts';
import { revocationFlag, type DirectoryIndex } from '@liaison/directory';
import type { Queryable } from '@liaison/postgres';
import { readJws } from '@liaison/seal';
import { CodedError, ProblemError } from '@liaison/service';
import { readStoredDispatch, type InboxEntry } from '../store/inbox.ts';

/** What was verified when it was stored is only decoded again. @throws CodedError `stored-message-unreadable`. */
function decodeDispatch(jws: string): { dispatch: Dispatch; referral: Referral; signerKid: string } {
  const outer = readJws(jws, { typ: 'dispatch+jws', maxBytes: limits.parcelBytes });
  const dispatch = outer.ok ? validateReceived('dispatch', outer.value.payload) : null;
  if (dispatch?.ok === true) {
    const inner = readJws(dispatch.value.referral, {
      typ: 'referral+jws',
      maxBytes: limits.referralJwsBytes,
    });
    const referral = inner.ok ? validateReceived('referral', inner.value.payload) : null;
    if (inner.ok && referral?.ok === true) {
      return { dispatch: dispatch.value, referral: referral.value, signerKid: inner.value.header.kid };
    }
  }
  throw new CodedError('stored-message-unreadable', 'A stored dispatch does not read as what was verified.');
}

/** What opening a stored dispatch needs. */
export interface OpenStoredDeps {
  readonly database: Queryable;
  readonly currentDirectory: () => DirectoryIndex | null;
}

/** A stored dispatch, read again. */
export interface StoredDispatch {
  readonly entry: InboxEntry;
  readonly dispatch: Dispatch;
  readonly referral: Referral;
  /** As it was signed and verified. */
  readonly jws: string;
  readonly senderKeyRevokedSince: string | null;
}

/** Reads a stored dispatch. @throws ProblemError `dispatch-unknown`; CodedError `stored-message-unreadable`. */
export async function openStored(
  dispatchId: string,
  { database, currentDirectory }: OpenStoredDeps,
): Promise<StoredDispatch> {
  const stored = await readStoredDispatch(database, dispatchId);
  if (stored === undefined) throw new ProblemError('dispatch-unknown');
  const { entry, jws } = stored;
  const { dispatch, referral, signerKid } = decodeDispatch(jws);
  // A key may have been withdrawn since the dispatch was received.
  const key = currentDirectory()?.key(dispatch.sender.participantId, signerKid);
  const flag = key === undefined ? null : revocationFlag(key, Date.parse(dispatch.acceptedAt));
  return { entry, dispatch, referral, jws, senderKeyRevokedSince: flag ?? stored.senderKeyRevokedSince };
}
