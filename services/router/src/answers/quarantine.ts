import type { IncomingRecord } from '@liaison/exchange';
import { toArrayText, type Database } from '@liaison/postgres';
import { digestOf } from '@liaison/seal';
import { codesOf, formatUtc } from '@liaison/service';
import { raiseAlarm, type AlarmDeps } from '../store/alarms.ts';
import { participantOfTopic } from './open-answers.ts';

/** Codes by which waiting cures what failed. */
const transientCodes: ReadonlySet<string> = new Set([
  'directory-expired',
  'exchange-unavailable',
  'exchange-full',
]);

/** Whether a record that failed may simply come again later. */
export function isTransient(error: unknown): boolean {
  const { kind, code } = error as { kind?: unknown; code?: unknown };
  return kind === 'retry' || kind === 'disk-full' || (typeof code === 'string' && transientCodes.has(code));
}

/** Puts a record aside that cannot be worked on: where it stands, its digest and codes; the bytes stay in the exchange. */
export async function quarantineRecord(
  record: IncomingRecord,
  error: unknown,
  deps: AlarmDeps & { readonly database: Database; readonly instance: string },
): Promise<void> {
  const { topic, offset, value } = record;
  await deps.database.transaction(async (tx) => {
    await tx.query(
      `insert into hub.quarantined_record (topic, "offset", digest, codes, at) values ($1, $2, $3, $4::text[], $5)
       on conflict do nothing`,
      [topic, offset, digestOf(value), toArrayText(codesOf(error)), formatUtc(deps.clock.nowMs())],
    );
    const participantId = participantOfTopic(topic, deps.instance);
    await raiseAlarm(tx, { code: 'recordQuarantined', participantId, subjectId: `${offset}` }, deps);
  });
}
