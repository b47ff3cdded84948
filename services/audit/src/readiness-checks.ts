import { openCheckpoint } from '@liaison/ledger';
import type { Database } from '@liaison/postgres';
import type { Clock, ReadinessChecks } from '@liaison/service';
import type { LogIdentity } from './log-key/log-identity.ts';
import { ledgerInconsistent } from './sequencer/ledger-inconsistent.ts';
import { readVerifiedTree } from './sequencer/read-verified-tree.ts';
import { writeProbe } from './store/probe.ts';

/** What readiness proves: a committed write, and a log that is the one signed last, by the key that is served. */
export function createReadinessChecks(deps: {
  readonly database: Database;
  readonly identity: LogIdentity;
  readonly clock: Clock;
}): ReadinessChecks {
  const { database, identity, clock } = deps;
  return {
    database: () => writeProbe(database, clock.nowMs()),
    ledger: async () => {
      const { checkpoint } = await database.transaction(async (tx) => readVerifiedTree(tx, identity.origin), {
        isolation: 'repeatable read',
      });
      if (checkpoint === null) throw ledgerInconsistent('checkpoint-missing');
      const opened = await openCheckpoint(checkpoint.note, identity.trust);
      if (!opened.ok) throw ledgerInconsistent('signature-wrong');
    },
  };
}
