import { Counter, type Registry } from 'prom-client';
import type { AlarmCode } from './store/alarms.ts';

/** Adds the number of alarms raised, by code, to a registry. @returns what counts one. */
export function createAlarmCounter(registry: Registry): (code: AlarmCode) => void {
  const counter = new Counter({
    name: 'liaison_alarms_total',
    help: 'Alarms that this process has raised, by code.',
    labelNames: ['code'],
    registers: [registry],
  });
  return (code) => {
    counter.inc({ code });
  };
}
