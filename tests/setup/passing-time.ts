import { hubChannels } from '@liaison/hub-database';
import type { TestHub } from './test-hub.ts';

/** Moves the clock, and wakes whoever sends: what the hub put off until then goes at once. */
export async function passTime(hub: TestHub, ms: number): Promise<void> {
  await hub.advance(ms);
  await hub.database.query('select pg_notify($1, $2)', [hubChannels.sealed, '']);
}
