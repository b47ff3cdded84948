import { chooseEncryptionKey, type DirectoryIndex } from '@liaison/directory';
import type { Queryable } from '@liaison/postgres';
import { formatUtc } from '@liaison/service';
import { clearAlarms } from '../store/alarms.ts';
import { dispatchEnrolled, type EnrolDeps } from './dispatch-enrolled.ts';

/** Rows that one statement sets free. */
const batchSize = 500;

/**
 * Frees what was parked, once its addressee has changed and says that it understands it, or has another key to open it
 * with. What the addressee itself refused is tried again only after a change, or it would go to and fro; and only once
 * the directory in hand has that change, or it would go to the old key once more.
 */
async function unpark(tx: Queryable, directory: DirectoryIndex, nowMs: number): Promise<number> {
  const { rows } = await tx.query<{ id: string; addressee_id: string }>(
    `update hub.dispatch set state = 'sealed', refusal_code = null, parked_at = null, next_attempt_at = $1
     where id in (
       select d.id from hub.dispatch d join hub.participant p on p.id = d.addressee_id
       where d.state = 'parked' and d.kind = any(p.dispatch_kinds) and d.schema_version = any(p.schema_versions)
         and (d.refusal_code in ('kind-unlisted', 'version-unlisted')
           or (d.refusal_code in ('kind-unknown', 'version-unknown', 'undecryptable', 'parcel-malformed')
             and p.changed_at > d.parked_at and p.changed_at <= $3))
       order by d.urgent desc, d.sealed_at limit $2
       for update of d skip locked)
     returning id, addressee_id`,
    [formatUtc(nowMs), batchSize, formatUtc(directory.issuedAtMs)],
  );
  const codes = ['dispatchParked', 'dispatchUndecryptable'] as const;
  for (const [participantId, freed] of Map.groupBy(rows, (row) => row.addressee_id)) {
    const subjectIds = freed.map(({ id }) => id);
    await clearAlarms(tx, { codes, participantId, subjectIds }, nowMs);
    await clearAlarms(tx, { codes: ['dispatchParked'], participantId }, nowMs);
  }
  return rows.length;
}

/** Brings forward what waited for a key that is there now; what a batch does not hold comes when it is due by itself. */
async function resumeKeyed(tx: Queryable, directory: DirectoryIndex, nowMs: number): Promise<number> {
  const { rows } = await tx.query<{ participant_id: string }>(
    `select participant_id from hub.alarm where code = 'addresseeKeyMissing' and cleared_at is null`,
  );
  let resumed = 0;
  for (const { participant_id: participantId } of rows) {
    if (chooseEncryptionKey(directory, participantId, nowMs) === undefined) continue;
    await clearAlarms(tx, { codes: ['addresseeKeyMissing'], participantId }, nowMs);
    const { rowCount } = await tx.query(
      `update hub.dispatch set next_attempt_at = $2
       where id in (select id from hub.dispatch where addressee_id = $1 and state = 'sealed' and next_attempt_at > $2
         order by next_attempt_at limit $3 for update skip locked)`,
      [participantId, formatUtc(nowMs), batchSize],
    );
    resumed += rowCount;
  }
  return resumed;
}

/**
 * Takes up again whatever waited for the directory to change, a batch of each.
 * @returns how many dispatches may go now, and whether more may follow at once.
 */
export async function followEnrolment(
  deps: EnrolDeps,
  directory: DirectoryIndex,
): Promise<{ readonly freed: number; readonly hasMore: boolean }> {
  const nowMs = deps.clock.nowMs();
  const { dispatched, isFull } = await dispatchEnrolled(deps, directory);
  const unparked = await deps.database.transaction((tx) => unpark(tx, directory, nowMs));
  const resumed = await deps.database.transaction((tx) => resumeKeyed(tx, directory, nowMs));
  const freed = dispatched + unparked + resumed;
  if (freed > 0) deps.log.info('enrolment-followed', { dispatched, unparked, resumed });
  return { freed, hasMore: isFull || unparked === batchSize };
}
