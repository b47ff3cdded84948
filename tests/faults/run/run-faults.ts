import { setTimeout as sleep } from 'node:timers/promises';
import { namesOf } from '@liaison/local';
import { readHub } from '../../setup/history.ts';
import { withDatabase } from '../../setup/database-remains.ts';
import { checkHistory } from '../checker/check-history.ts';
import type { Violation } from '../checker/history.ts';
import type { Fault, FaultKind } from '../schedule/fault.ts';
import { makeSchedule } from '../schedule/make-schedule.ts';
import { applyFault } from './apply-fault.ts';
import { collectHistory } from './collect-history.ts';
import { holderIds, openFaultWorld, type FaultWorld } from './fault-world.ts';

/** What a run with faults came to. */
export interface FaultReport {
  readonly seed: number;
  /** Faults done, by kind. */
  readonly counts: Readonly<Partial<Record<FaultKind, number>>>;
  readonly skipped: readonly string[];
  readonly submitted: number;
  readonly accepted: number;
  readonly dispatches: number;
  readonly answers: number;
  readonly events: number;
  /** Longest time from a fault to a referral that had come through whole again, milliseconds. */
  readonly slowestRecoveryMs: number;
  readonly violations: readonly Violation[];
}

export interface FaultRun {
  readonly seed: number;
  readonly brokers: 1 | 3 | null;
  readonly kinds: readonly FaultKind[];
  /** Whether one more fault is wanted, after so many. */
  readonly goesOn: (done: number) => boolean;
  readonly onFault?: (fault: Fault, recoveryMs: number) => void;
}

const quietWithinMs = 120_000;
const recoverWithinMs = 120_000;
const lookMs = 100;
/** Every so many faults two come at once. */
const overlapEvery = 5;

async function until(what: string, withinMs: number, isSo: () => Promise<boolean>): Promise<void> {
  const endMs = performance.now() + withinMs;
  while (!(await isSo().catch(() => false))) {
    if (performance.now() > endMs) throw new Error(`still waiting: ${what}`);
    await sleep(lookMs);
  }
}

/** Milliseconds until a referral that is submitted now has all its receipts. */
async function measureRecovery({ feeding, whole }: FaultWorld): Promise<number> {
  const startedMs = performance.now();
  let referralId = '';
  await until('a referral is accepted', recoverWithinMs, async () => {
    referralId = await feeding.submitOne();
    return true;
  });
  await until('it has all its receipts', recoverWithinMs, async () => {
    const rows = await readHub<{ state: string }>(
      whole.local,
      'select state from hub.dispatch where referral_id = $1',
      [referralId],
    );
    return rows.length > 0 && rows.every(({ state }) => state === 'receipted');
  });
  return performance.now() - startedMs;
}

/** Waits until nothing is under way any more, anywhere. */
async function untilQuiet({ whole }: FaultWorld): Promise<void> {
  const { local } = whole;
  await until('the hub is quiet', quietWithinMs, async () => {
    const [row] = await readHub<{ left: number }>(
      local,
      `select (select count(*) from hub.referral where state = 'accepted')
         + (select count(*) from hub.dispatch where state not in ('receipted', 'cancelled'))
         + (select count(*) from hub.outgoing_receipt where sent_at is null)
         + (select count(*) from ledger.pending) as left`,
    );
    return row?.left === 0;
  });
  for (const id of holderIds) {
    await until(`${id} is quiet`, quietWithinMs, () =>
      withDatabase(local, namesOf(local.installation).inboxDatabase(id), async (database) => {
        const { rows } = await database.query<{ left: number }>(
          `select (select count(*) from inbox.answer where state not in ('receipted', 'refused'))
             + (select count(*) from inbox.outgoing_receipt where sent_at is null) as left`,
        );
        return rows[0]?.left === 0;
      }),
    );
  }
}

/** Lets faults happen to a Liaison under load, one after the other and now and then two at once, and checks its history. */
export async function runFaults(run: FaultRun): Promise<FaultReport> {
  const { seed, brokers, kinds, goesOn } = run;
  const world = await openFaultWorld({ brokers, seed, perSecond: 12 });
  const schedule = makeSchedule(seed, kinds);
  const counts: Partial<Record<FaultKind, number>> = {};
  const skipped = new Set<string>();
  let slowestRecoveryMs = 0;
  const strike = async (): Promise<Fault> => {
    const fault = schedule.next().value;
    const applied = await applyFault(fault, world);
    if (applied.kind === 'skipped') skipped.add(`${fault.kind}: ${applied.why}`);
    else counts[fault.kind] = (counts[fault.kind] ?? 0) + 1;
    return fault;
  };
  try {
    await measureRecovery(world);
    for (let done = 0; goesOn(done);) {
      const together = done % overlapEvery === overlapEvery - 1 ? 2 : 1;
      const faults = await Promise.all(Array.from({ length: together }, strike));
      done += together;
      const recoveryMs = await measureRecovery(world);
      slowestRecoveryMs = Math.max(slowestRecoveryMs, recoveryMs);
      for (const fault of faults) run.onFault?.(fault, recoveryMs);
    }
    await Promise.all([world.feeding.stop(), world.answering.stop()]);
    await untilQuiet(world);
    await world.checkpoints.stop();
    const answers = world.feeding.answers();
    const history = await collectHistory(world.whole.local, {
      answers,
      holderIds,
      checkpoints: world.checkpoints.seen,
    });
    return {
      seed,
      counts,
      skipped: [...skipped],
      submitted: answers.length,
      accepted: world.feeding.accepted(),
      dispatches: history.hub.dispatches.length,
      answers: history.hub.feedback.length,
      events: history.ledger.size,
      slowestRecoveryMs: Math.round(slowestRecoveryMs),
      violations: checkHistory(history),
    };
  } finally {
    await world.close();
  }
}
