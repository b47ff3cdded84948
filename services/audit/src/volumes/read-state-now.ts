import type { Database } from '@liaison/postgres';
import { formatUtc } from '@liaison/service';
import { readLatestCheckpoint } from '../store/checkpoints.ts';
import { readParticipants, type FoundParticipant } from '../store/participants.ts';
import { countPending } from '../store/pending.ts';
import {
  readAlarms,
  readParked,
  readPassed,
  readUrgent,
  type Failing,
  type PassedDeadlines,
  type UrgentDispatch,
} from '../store/state-now.ts';
import { countDispatches, countReferrals, countRefusals, type DispatchCount } from '../store/volumes.ts';

/** The exchange as it stood at one moment. */
export interface StateNow {
  readonly asOfMs: number;
  readonly referrals: readonly { readonly state: string; readonly count: number }[];
  readonly refusals: readonly { readonly problem: string; readonly count: number }[];
  readonly dispatches: readonly DispatchCount[];
  /** Oldest first, at most `shownUrgent`. */
  readonly urgent: readonly UrgentDispatch[];
  /** Whether there are more urgent ones. */
  readonly moreUrgent: boolean;
  readonly alarms: readonly Failing[];
  readonly parked: readonly Failing[];
  readonly passed: readonly PassedDeadlines[];
  readonly ledger: {
    readonly size: number;
    readonly pending: number;
    readonly signedAt: string | null;
  };
  readonly participants: readonly FoundParticipant[];
}

/** Urgent dispatches that are listed. */
const shownUrgent = 25;
const shownAlarms = 100;
const dayMs = 86_400_000;

/** Reads everything in one snapshot, at a cost that does not grow with what the hub holds. */
export async function readStateNow(database: Database, nowMs: number): Promise<StateNow> {
  return database.transaction(
    async (tx) => {
      const referrals = await countReferrals(tx);
      const refusals = await countRefusals(tx);
      const dispatches = await countDispatches(tx);
      const urgent = await readUrgent(tx, shownUrgent + 1);
      const alarms = await readAlarms(tx, shownAlarms);
      const parked = await readParked(tx);
      const passed = await readPassed(tx, formatUtc(nowMs - dayMs));
      const pending = await countPending(tx);
      const checkpoint = await readLatestCheckpoint(tx);
      const named = [
        ...dispatches.map(({ addressee }) => addressee),
        ...[...alarms, ...parked].flatMap(({ participant }) => (participant === null ? [] : [participant])),
      ];
      return {
        asOfMs: nowMs,
        referrals,
        refusals,
        dispatches,
        urgent: urgent.slice(0, shownUrgent),
        moreUrgent: urgent.length > shownUrgent,
        alarms,
        parked,
        passed,
        ledger: { size: checkpoint?.size ?? 0, pending, signedAt: checkpoint?.signedAt ?? null },
        participants: await readParticipants(tx, named),
      };
    },
    { isolation: 'repeatable read' },
  );
}
