import {
  limits,
  validateReceived,
  type ContactPointApi,
  type Dispatch,
  type Referral,
} from '@liaison/contracts';
import { revocationFlag, type DirectoryIndex } from '@liaison/directory';
import type { Database } from '@liaison/postgres';
import { readJws } from '@liaison/seal';
import { CodedError, ProblemError } from '@liaison/service';
import type { Request, Response } from 'express';
import { readAnswers } from '../store/answers.ts';
import { readStoredDispatch } from '../store/inbox.ts';

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

/** What showing a dispatch needs. */
export interface GetDispatchDeps {
  readonly database: Database;
  readonly currentDirectory: () => DirectoryIndex | null;
}

/** Reads the id of a dispatch from the path. */
export function dispatchIdOf(req: Request): string {
  const { dispatchId } = req.params;
  const isUuid =
    typeof dispatchId === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(dispatchId);
  if (isUuid) return dispatchId;
  throw new ProblemError('parameter-invalid', { faults: [{ pointer: '/dispatchId', code: 'format-wrong' }] });
}

/** `GET /v1/dispatches/{dispatchId}`: one dispatch with the sender's own referral, and what was answered. */
export function getDispatch({ database, currentDirectory }: GetDispatchDeps) {
  return async (req: Request, res: Response): Promise<void> => {
    const dispatchId = dispatchIdOf(req);
    const stored = await readStoredDispatch(database, dispatchId);
    if (stored === undefined) throw new ProblemError('dispatch-unknown');
    const { entry, jws } = stored;
    const answers = await readAnswers(database, dispatchId);
    const { dispatch, referral, signerKid } = decodeDispatch(jws);
    // A key may have been withdrawn since the dispatch was received.
    const key = currentDirectory()?.key(dispatch.sender.participantId, signerKid);
    const flag = key === undefined ? null : revocationFlag(key, Date.parse(dispatch.acceptedAt));
    const senderKeyRevokedSince = flag ?? stored.senderKeyRevokedSince;
    const opened = { entry, dispatch, referral, senderKeyRevokedSince, answers };
    res.json(opened satisfies ContactPointApi['schemas']['OpenedDispatch']);
  };
}
