import { encodeBase64Url } from '@liaison/ledger';
import type { Database } from '@liaison/postgres';
import type { Log } from '@liaison/service';
import { readDispatches, type FoundDispatch } from '../store/dispatches.ts';
import { readEvents } from '../store/events.ts';
import { readParticipants, type FoundParticipant } from '../store/participants.ts';
import {
  readAnswers,
  readDeadlines,
  readReferralRow,
  readUnenrolled,
  type DispatchAnswer,
  type FoundDeadline,
  type ReferralRow,
  type Unenrolled,
} from '../store/referral-parts.ts';
import { findReferrals, type FoundReferral } from '../store/referrals.ts';
import { describeEvent, type TimelineEvent } from './describe-event.ts';

/** A dispatch with what became of it. */
export type ShownDispatch = FoundDispatch & DispatchAnswer;

/** An event with the bytes of its leaf, base64url. */
export type ShownEvent = TimelineEvent & { readonly leaf: string };

/** Everything that the page of a referral shows. */
export interface ShownReferral {
  readonly referral: FoundReferral & ReferralRow;
  readonly dispatches: readonly ShownDispatch[];
  readonly events: readonly ShownEvent[];
  readonly deadlines: readonly FoundDeadline[];
  readonly unenrolled: readonly Unenrolled[];
  readonly participants: readonly FoundParticipant[];
}

/** Reads a referral by its id in one snapshot; null where there is none. */
export async function readReferral(
  id: string,
  { database, log }: { readonly database: Database; readonly log: Log },
): Promise<ShownReferral | null> {
  return database.transaction(
    async (tx) => {
      const row = await readReferralRow(tx, id);
      const found = (await findReferrals(tx, id)).find((one) => one.id === id);
      if (row === null || found === undefined) return null;
      const answers = new Map((await readAnswers(tx, id)).map((answer) => [answer.dispatchId, answer]));
      const dispatches = (await readDispatches(tx, [id])).flatMap((dispatch) => {
        const answer = answers.get(dispatch.dispatchId);
        return answer === undefined ? [] : [{ ...dispatch, ...answer }];
      });
      const events: ShownEvent[] = [];
      for (const stored of await readEvents(tx, [id])) {
        const event = await describeEvent(stored, log);
        if (event !== undefined) events.push({ ...event, leaf: encodeBase64Url(stored.leaf) });
      }
      const dispatchIds = dispatches.map(({ dispatchId }) => dispatchId);
      return {
        referral: { ...found, ...row },
        dispatches,
        events,
        deadlines: await readDeadlines(tx, { referralId: id, dispatchIds }),
        unenrolled: await readUnenrolled(tx, id),
        participants: await readParticipants(tx, [
          found.senderId,
          ...dispatches.map(({ addressee }) => addressee),
          ...events.map(({ actorId }) => actorId),
        ]),
      };
    },
    { isolation: 'repeatable read' },
  );
}
