import { passPoint, systemClock } from '@liaison/service';
import { createCheckpointMemory } from '../src/sequencer/checkpoint-memory.ts';
import { sequencePending, type SequencerDeps } from '../src/sequencer/sequence-pending.ts';
import type { Hub } from './hub-fixture.ts';
import { createTestIdentity, recordLog, type RecordedLog } from './log-fixture.ts';

/** A sequencer whose pieces of work a test calls one by one. */
export interface TestSequencer {
  readonly deps: SequencerDeps;
  readonly log: RecordedLog;
  /** One piece of work. */
  sequence(): Promise<number>;
  /** Pieces of work until nothing waits. */
  drain(): Promise<number>;
}

/** Makes one, with a connection and a memory of its own. */
export async function createTestSequencer(
  hub: Hub,
  changes: Partial<SequencerDeps> = {},
): Promise<TestSequencer> {
  const log = recordLog();
  const deps: SequencerDeps = {
    database: hub.connectAudit(),
    identity: await createTestIdentity(),
    memory: createCheckpointMemory(),
    clock: systemClock,
    log,
    reach: passPoint,
    ...changes,
  };
  const sequence = async (): Promise<number> => (await sequencePending(deps)).count;
  return {
    deps,
    log,
    sequence,
    async drain() {
      let total = 0;
      for (let count = await sequence(); count > 0; count = await sequence()) total += count;
      return total;
    },
  };
}

/** The codes of an error and of its cause. */
export async function codesOfFailure(work: Promise<unknown>): Promise<unknown[]> {
  try {
    await work;
    return [];
  } catch (error) {
    const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } };
    return cause === undefined ? [code] : [code, cause.code];
  }
}
