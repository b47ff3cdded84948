import type { AuditApi } from '@liaison/contracts';
import type { Database } from '@liaison/postgres';
import { formatUtc } from '@liaison/service';
import { readLatestCheckpoint } from '../store/checkpoints.ts';
import { countPending } from '../store/pending.ts';
import { countDispatches, countReferrals, countRefusals, type DispatchCount } from '../store/volumes.ts';

/** Figures of the exchange. */
export type Volumes = AuditApi['schemas']['Volumes'];
type AddresseeVolume = Volumes['dispatches'][number];

/** One entry for each addressee. */
function groupByAddressee(counts: readonly DispatchCount[]): AddresseeVolume[] {
  const volumes = new Map<string, AddresseeVolume>();
  for (const { addressee, country, state, count, oldestUndeliveredAt } of counts) {
    const known = volumes.get(addressee);
    volumes.set(addressee, {
      addressee,
      country,
      states: { ...known?.states, [state]: (known?.states[state] ?? 0) + count },
      oldestUndeliveredAt,
    });
  }
  return [...volumes.values()];
}

/** Reads all figures in one snapshot. */
export async function readVolumes(database: Database, nowMs: number): Promise<Volumes> {
  return database.transaction(
    async (tx) => {
      const referrals = await countReferrals(tx);
      const refusals = await countRefusals(tx);
      const dispatches = await countDispatches(tx);
      const pending = await countPending(tx);
      const checkpoint = await readLatestCheckpoint(tx);
      return {
        asOf: formatUtc(nowMs),
        referrals: Object.fromEntries(referrals.map(({ state, count }) => [state, count])),
        refusals: Object.fromEntries(refusals.map(({ problem, count }) => [problem, count])),
        dispatches: groupByAddressee(dispatches),
        ledger: { size: checkpoint?.size ?? 0, pending, checkpoint: checkpoint?.note ?? null },
      };
    },
    { isolation: 'repeatable read' },
  );
}
