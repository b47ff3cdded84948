import { appendEvents } from '@liaison/hub-database';
import { quoteIdentifier, type Database, type Queryable } from '@liaison/postgres';
import { CodedError, formatUtc } from '@liaison/service';
import type { EnrolmentDeps } from './enrol-participant.ts';

interface Erasable {
  readonly sender_id: string;
  readonly erased_at: string | null;
  readonly partition: string | null;
}

async function lockErasable(tx: Queryable, referralId: string): Promise<Erasable> {
  const { rows } = await tx.query<Erasable>(
    `select r.sender_id, r.erased_at, c.relname as partition
     from hub.referral r
     left join vault.content_key k on k.referral_id = r.id
     left join pg_class c on c.oid = k.tableoid
     where r.id = $1 for update of r`,
    [referralId],
  );
  const [row] = rows;
  if (row === undefined) throw new CodedError('referral-unknown', 'There is no such referral.');
  return row;
}

async function deleteContent(tx: Queryable, referralId: string, now: string): Promise<void> {
  for (const table of ['vault.content_key', 'content.message', 'hub.submission_receipt', 'ledger.opening']) {
    await tx.query(`delete from ${table} where referral_id = $1`, [referralId]);
  }
  await tx.query('update hub.referral set payload_digest = null, erased_at = $2 where id = $1', [
    referralId,
    now,
  ]);
  await tx.query(
    `update hub.dispatch set state = 'cancelled', lease_until = null
     where referral_id = $1 and state in ('sealed', 'sending', 'parked')`,
    [referralId],
  );
  await tx.query(`delete from hub.deadline where referral_id = $1 and state = 'open'`, [referralId]);
  await tx.query(
    `update hub.unenrolled set resolved_at = $2 where referral_id = $1 and resolved_at is null`,
    [referralId, now],
  );
}

async function recordErasure(
  tx: Queryable,
  erased: { readonly referralId: string; readonly senderId: string; readonly nowMs: number },
  deps: EnrolmentDeps,
): Promise<void> {
  const { referralId, senderId, nowMs } = erased;
  const event = await deps.events.prepare({
    type: 'contentErased',
    atMs: nowMs,
    subjectId: referralId,
    actorId: deps.hubId,
    facts: { referralId, sender: senderId, state: 'erased' },
    details: { referralId },
    referralId,
    audience: senderId,
  });
  await tx.query(
    `insert into hub.provider_event (event_id, sender_id, referral_id, kind, codes, at)
     values ($1, $2, $3, 'erased', '{}', $4)`,
    [event.eventId, senderId, referralId, formatUtc(nowMs)],
  );
  await appendEvents(tx, [event]);
}

/**
 * Rewrites the pages in which the key lay, and lets go of the write-ahead log that mentions it: deleting a row alone
 * leaves its bytes in the files. Needs a server with `wal_recycle = off`, and an owner who may make checkpoints.
 */
async function sweepFiles(database: Database, partition: string): Promise<void> {
  await database.query(`vacuum full vault.${quoteIdentifier(partition)}`);
  await database.query('checkpoint');
  await database.query('select pg_switch_wal()');
  await database.query('checkpoint');
}

/**
 * Erases one referral: its key and all that the key opens, its receipt, and the openings of its ledger events. The
 * ledger's commitments stay and still verify. Contact points keep what was dispatched to them: that is theirs.
 * @returns whether there was something to erase; a second time only sweeps what a crash may have left.
 * @throws CodedError `referral-unknown`; DatabaseError.
 */
export async function eraseReferral(
  database: Database,
  referralId: string,
  deps: EnrolmentDeps,
): Promise<boolean> {
  const nowMs = deps.clock.nowMs();
  const { partition, erasedNow } = await database.transaction(async (tx) => {
    const found = await lockErasable(tx, referralId);
    if (found.erased_at !== null) return { partition: null, erasedNow: false };
    await deleteContent(tx, referralId, formatUtc(nowMs));
    await recordErasure(tx, { referralId, senderId: found.sender_id, nowMs }, deps);
    return { partition: found.partition, erasedNow: true };
  });
  if (partition !== null) await sweepFiles(database, partition);
  return erasedNow;
}
