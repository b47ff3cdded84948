import { limits, type Feedback, type MemberState } from '@liaison/contracts';
import type { DirectoryIndex } from '@liaison/directory';
import { appendEvents, type PreparedEvent } from '@liaison/hub-database';
import { redirectDecision, type EarlierAddressee, type Place, type Redirected } from '@liaison/jurisdiction';
import type { Queryable, RowsToInsert } from '@liaison/postgres';
import { readJws } from '@liaison/seal';
import { CodedError, codesOf, formatUtc } from '@liaison/service';
import { prepareDecisionEvent } from '../decide/prepare-decision-event.ts';
import { sealDispatch } from '../dispatch/seal-dispatch.ts';
import { raiseAlarm } from '../store/alarms.ts';
import { decisionRows, unenrolledRows } from '../store/decision-rows.ts';
import { dispatchRows } from '../store/dispatches.ts';
import type { Governing } from '../store/governing.ts';
import { openContent } from '../store/open-content.ts';
import type { LockedDispatch } from '../store/receipts.ts';
import {
  lockDecided,
  readFormerAddressees,
  type DecidedContent,
  type FormerAddressee,
} from '../store/redirects.ts';
import type { ApplyDeps } from './apply-deps.ts';

/** A decline that has been stored. */
export interface StoredDecline {
  readonly dispatch: LockedDispatch;
  readonly feedback: Extract<Feedback, { kind: 'declined' }>;
  readonly event: PreparedEvent;
}

/** What a decision calls a participant; undefined for one that no decision addresses. */
function placeOf(directory: DirectoryIndex, participantId: string): Place | undefined {
  const participant = directory.participant(participantId);
  if (participant?.kind === 'europol') return 'europol';
  return participant?.kind === 'lawEnforcement' ? (participant.country as MemberState) : undefined;
}

function participantAt(directory: DirectoryIndex, place: Place): string | undefined {
  return place === 'europol'
    ? directory.document.participants.find(({ kind }) => kind === 'europol')?.id
    : directory.contactPointOf(place)?.id;
}

function earlierAddressees(
  former: { readonly dispatched: readonly FormerAddressee[]; readonly waiting: readonly string[] },
  directory: DirectoryIndex,
): EarlierAddressee[] {
  const dispatched = former.dispatched.flatMap(({ addresseeId, declined }) => {
    const place = placeOf(directory, addresseeId);
    return place === undefined ? [] : [{ place, declined }];
  });
  return [...dispatched, ...former.waiting.map((place) => ({ place: place as Place, declined: false }))];
}

interface Redirecting {
  /** The event of the decline: it stands in the ledger before what it caused. */
  readonly cause: PreparedEvent;
  readonly referralId: string;
  readonly stored: DecidedContent;
  readonly redirected: Redirected;
  readonly governing: Governing;
  /** The addressee's contact point, and what was sent to it before; null where it has none yet. */
  readonly addressee: { readonly id: string; readonly sequence: number } | null;
}

/** Writes the later decision, and its dispatch or its place in the queue for a contact point to come. */
async function writeRedirected(tx: Queryable, parts: Redirecting, deps: ApplyDeps): Promise<void> {
  const { referralId, stored, redirected, governing, addressee, cause } = parts;
  const { decision } = redirected;
  const { contentKey, text: jws } = openContent(deps.cipher, referralId, stored);
  const read = readJws(jws, { typ: 'referral+jws', maxBytes: limits.referralJwsBytes });
  if (!read.ok)
    throw new CodedError('content-unreadable', 'A stored referral does not read as what was accepted.');
  const { policyVersion } = governing.policy;
  const nowMs = deps.clock.nowMs();
  const { senderId, senderKind, acceptedAt } = stored;
  const made = {
    referralId,
    senderId,
    payloadDigest: read.value.digest,
    decision,
    policyVersion,
    atMs: nowMs,
  };
  // The sender is told nothing: whom its referral goes to is not for it to know.
  const decided = await prepareDecisionEvent({ ...made, state: 'forwarded', audience: null }, deps);
  const events: PreparedEvent[] = [cause, decided];
  const rows: RowsToInsert[] = [decisionRows([{ referralId, decision }], policyVersion)];
  if (addressee === null) {
    const place = redirected.to;
    rows.push(unenrolledRows([{ referralId, decision, missing: [place] }]));
    await raiseAlarm(tx, { code: 'addresseeNotEnrolled', participantId: null, subjectId: place }, deps);
  } else {
    const sender = { participantId: senderId, kind: senderKind };
    const draft = { referralId, acceptedAt, sender, jws, contentKey, decision, ...governing };
    const to = { addresseeId: addressee.id, sequence: addressee.sequence + 1 };
    const dispatch = await sealDispatch(draft, to, deps);
    events.push(dispatch.event);
    rows.push(...dispatchRows([dispatch], { policy: governing.policy, newId: deps.newId }));
  }
  await appendEvents(tx, events, rows);
}

async function redirect(
  tx: Queryable,
  declined: StoredDecline & { readonly directory: DirectoryIndex },
  deps: ApplyDeps,
): Promise<boolean> {
  const { dispatch, feedback, directory } = declined;
  const { referralId } = dispatch;
  const by = placeOf(directory, dispatch.addresseeId);
  const stored = await lockDecided(tx, referralId);
  if (stored === null || by === undefined) return false;
  const former = await readFormerAddressees(tx, referralId);
  const redirected = redirectDecision({
    decision: stored.decision,
    decline: { by, reason: feedback.reason, suggestedCompetent: feedback.suggestedCompetent },
    addressees: earlierAddressees(former, directory),
    decidedAt: formatUtc(deps.clock.nowMs()),
  });
  if (redirected === null) return false;
  const id = participantAt(directory, redirected.to);
  const sequence = former.dispatched.find(({ addresseeId }) => addresseeId === id)?.sequence ?? 0;
  const addressee = id === undefined ? null : { id, sequence };
  const governing = await deps.readGoverning(tx);
  await writeRedirected(
    tx,
    { referralId, stored, redirected, governing, addressee, cause: declined.event },
    deps,
  );
  return true;
}

/**
 * Sends on what an addressee has declined, in the transaction that takes its answer, and writes the answer's event before
 * its own: answers that are taken together may decline the same referral, and each has to see what the one before it
 * changed. Content that cannot be read does not keep the answer from being taken.
 * @returns whether somebody else has it now, and the event is written; else a person has to look.
 */
export async function redirectDeclined(
  tx: Queryable,
  declined: StoredDecline,
  deps: ApplyDeps,
): Promise<boolean> {
  const directory = deps.holder.current(deps.clock.nowMs());
  if (directory === null) throw new CodedError('directory-expired', 'A decline waits for a new directory.');
  try {
    return await redirect(tx, { ...declined, directory }, deps);
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    deps.log.error('decline-not-redirected', { dispatchId: declined.dispatch.id, codes: codesOf(error) });
    return false;
  }
}
