import type { Feedback } from '@liaison/contracts';
import type { EventDraft, PreparedEvent } from '@liaison/hub-database';
import type { Queryable } from '@liaison/postgres';
import { raiseAlarm } from '../store/alarms.ts';
import { closeReferralIfDone, insertFeedback, readKnownFeedback, setAnswer } from '../store/feedback.ts';
import type { ProviderEvent } from '../store/provider-events.ts';
import { lockDispatches, type LockedDispatch } from '../store/receipts.ts';
import type { ApplyDeps } from './apply-deps.ts';
import { effectOf, type FeedbackEffect } from './feedback-effect.ts';
import { redirectDeclined, type StoredDecline } from './redirect-declined.ts';

/** Feedback that has been verified. */
export interface ReceivedFeedback {
  readonly from: string;
  readonly id: string;
  readonly digest: string;
  readonly jws: string;
  readonly feedback: Feedback;
}

/** What applying came to: an entry for the receipt, and what goes to the ledger and the sender's feed. */
export interface AppliedFeedback {
  readonly code: 'in-reply-to-unknown' | 'id-reused' | null;
  readonly events: readonly PreparedEvent[];
  readonly provider: readonly ProviderEvent[];
}

function refused(code: AppliedFeedback['code']): AppliedFeedback {
  return { code, events: [], provider: [] };
}

/** Draft of the event that records an answer; the sender's feed sees it only where there is something to tell. */
function draftEvent(
  received: ReceivedFeedback,
  context: {
    readonly dispatch: LockedDispatch;
    readonly effective: boolean;
    readonly tell: FeedbackEffect['tell'];
  },
  deps: ApplyDeps,
): EventDraft {
  const { dispatch, effective, tell } = context;
  return {
    type: 'feedbackReceived',
    atMs: deps.clock.nowMs(),
    subjectId: received.id,
    actorId: received.from,
    facts: {
      kind: received.feedback.kind,
      sender: received.from,
      addressee: deps.hubId,
      referralId: dispatch.referralId,
      state: effective ? 'effective' : 'overtaken',
    },
    details: {
      dispatchId: dispatch.id,
      payloadDigest: received.digest,
      sequence: received.feedback.sequence,
    },
    referralId: dispatch.referralId,
    audience: tell === null ? null : dispatch.senderId,
  };
}

function tellSender(
  event: PreparedEvent,
  dispatch: LockedDispatch,
  told: { readonly tell: NonNullable<FeedbackEffect['tell']>; readonly atMs: number },
): ProviderEvent {
  const { senderId, referralId } = dispatch;
  return { eventId: event.eventId, senderId, referralId, ...told.tell, atMs: told.atMs };
}

async function closeIfDone(
  tx: Queryable,
  dispatch: LockedDispatch,
  deps: ApplyDeps,
): Promise<AppliedFeedback> {
  if (!(await closeReferralIfDone(tx, dispatch.referralId))) return refused(null);
  const atMs = deps.clock.nowMs();
  const { referralId, senderId } = dispatch;
  const event = await deps.events.prepare({
    type: 'referralClosed',
    atMs,
    subjectId: referralId,
    actorId: deps.hubId,
    facts: { referralId, sender: senderId, state: 'closed' },
    details: { referralId },
    referralId,
    audience: senderId,
  });
  const closed = { kind: 'closed', codes: [], until: null } as const;
  return { code: null, events: [event], provider: [tellSender(event, dispatch, { tell: closed, atMs })] };
}

/** Sends on what was declined, or tells a person. @returns whether its event has been written, before what it caused. */
async function followDecline(tx: Queryable, declined: StoredDecline, deps: ApplyDeps): Promise<boolean> {
  if (await redirectDeclined(tx, declined, deps)) return true;
  const { addresseeId: participantId, id: subjectId } = declined.dispatch;
  await raiseAlarm(tx, { code: 'dispatchDeclined', participantId, subjectId }, deps);
  return false;
}

async function findDispatch(tx: Queryable, received: ReceivedFeedback): Promise<LockedDispatch | undefined> {
  const { inReplyTo, referralId } = received.feedback;
  const dispatch = (await lockDispatches(tx, [inReplyTo])).get(inReplyTo);
  const isTheirs = dispatch?.addresseeId === received.from && dispatch.referralId === referralId;
  return isTheirs ? dispatch : undefined;
}

/**
 * Judges an answer that may have come before, or that answers nothing which its sender was sent.
 * @returns the dispatch that it answers, where it is new; else what its receipt says.
 */
async function admit(
  tx: Queryable,
  received: ReceivedFeedback,
  deps: ApplyDeps,
): Promise<LockedDispatch | AppliedFeedback> {
  const { from: participantId, id: subjectId, digest } = received;
  const known = await readKnownFeedback(tx, subjectId);
  if (known?.senderId === participantId && known.digest === digest) return refused(null);
  if (known !== null) {
    await raiseAlarm(tx, { code: 'feedbackIdReused', participantId, subjectId }, deps);
    return refused('id-reused');
  }
  const dispatch = await findDispatch(tx, received);
  if (dispatch !== undefined) return dispatch;
  await raiseAlarm(tx, { code: 'answerRefused', participantId, subjectId }, deps);
  return refused('in-reply-to-unknown');
}

/**
 * Applies one answer of an authority, once: the same id again changes nothing, another payload under it is a security
 * event, and one that a later answer has overtaken is kept without effect.
 */
export async function applyFeedback(
  tx: Queryable,
  received: ReceivedFeedback,
  deps: ApplyDeps,
): Promise<AppliedFeedback> {
  const { from, feedback } = received;
  const dispatch = await admit(tx, received, deps);
  if ('code' in dispatch) return dispatch;
  const nowMs = deps.clock.nowMs();
  const effective = feedback.sequence > dispatch.answerSequence;
  const { answer, tell } = effective ? effectOf(feedback) : { answer: null, tell: null };
  await insertFeedback(tx, deps.cipher, {
    ...received,
    referralId: dispatch.referralId,
    dispatchId: dispatch.id,
    senderId: from,
    sequence: feedback.sequence,
    kind: feedback.kind,
    effective,
    receivedAtMs: nowMs,
  });
  const event = await deps.events.prepare(draftEvent(received, { dispatch, effective, tell }, deps));
  const provider = tell === null ? [] : [tellSender(event, dispatch, { tell, atMs: nowMs })];
  if (!effective) return { code: null, events: [event], provider };
  await setAnswer(tx, { dispatchId: dispatch.id, answer, sequence: feedback.sequence, nowMs });
  const followed =
    feedback.kind === 'declined' ? await followDecline(tx, { dispatch, feedback, event }, deps) : false;
  const closing =
    answer === 'closed' || answer === 'declined' ? await closeIfDone(tx, dispatch, deps) : refused(null);
  return {
    code: null,
    events: [...(followed ? [] : [event]), ...closing.events],
    provider: [...provider, ...closing.provider],
  };
}
