import type { Database } from '@liaison/postgres';
import type { Clock } from '@liaison/service';
import { Gauge, type Registry } from 'prom-client';
import { countByAddressee, countOpenAlarms, readUndelivered } from '../store/exchange-figures.ts';

/** Seconds since a time, RFC 3339; 0 where there is none. */
function ageSeconds(at: string | null, nowMs: number): number {
  return at === null ? 0 : Math.max(0, nowMs - Date.parse(at)) / 1_000;
}

/**
 * Adds what the hub's tables say of the exchange to a registry, read when it is asked for, at a cost that does not grow with
 * what the hub holds. Where the database does not answer, these figures are absent, and the others are not kept.
 */
export function addExchangeMetrics(
  registry: Registry,
  { database, clock }: { readonly database: Database; readonly clock: Clock },
): void {
  const registers: Registry[] = [];
  const undelivered = new Gauge({
    name: 'liaison_undelivered_oldest_age_seconds',
    help: "Age of each addressee's oldest dispatch without a receipt, 0 where there is none.",
    labelNames: ['addressee', 'urgency'],
    registers,
    async collect() {
      this.reset();
      const read = await readUndelivered(database).catch(() => []);
      const nowMs = clock.nowMs();
      for (const { addressee, oldestAt, oldestUrgentAt } of read) {
        this.set({ addressee, urgency: 'any' }, ageSeconds(oldestAt, nowMs));
        this.set({ addressee, urgency: 'urgent' }, ageSeconds(oldestUrgentAt, nowMs));
      }
    },
  });
  const dispatches = new Gauge({
    name: 'liaison_dispatches',
    help: 'Dispatches by addressee and state; sealed and sending ones wait in the hub, sent ones for a receipt.',
    labelNames: ['addressee', 'state'],
    registers,
    async collect() {
      this.reset();
      const counts = await countByAddressee(database).catch(() => []);
      for (const { addressee, state, count } of counts) this.set({ addressee, state }, count);
    },
  });
  const alarms = new Gauge({
    name: 'liaison_alarms_open',
    help: 'Alarms that stand, by code.',
    labelNames: ['code'],
    registers,
    async collect() {
      this.reset();
      for (const { code, count } of await countOpenAlarms(database).catch(() => []))
        this.set({ code }, count);
    },
  });
  for (const gauge of [undelivered, dispatches, alarms]) registry.registerMetric(gauge);
}
