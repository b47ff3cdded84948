import { appendEvents } from '@liaison/hub-database';
import { quoteIdentifier, withRetry, type Database, type Queryable, type Sleep } from '@liaison/postgres';
import { CodedError, formatUtc, silentLog } from '@liaison/service';
import type { EnrolmentDeps } from './enrol-participant.ts';
import { eraseAnswers, findAnswerParcels } from './erase-answers.ts';
import { dropLog, rewriteTable, type RemainingTrace } from './sweep-files.ts';

/** What erasing needs. */
export interface EraseDeps extends EnrolmentDeps {
  readonly instance: string;
  /** The embedded exchange as its owner; null where it is administered elsewhere. */
  readonly exchangeAdmin: Database | null;
  readonly sleep: Sleep;
}

/** What an erasure came to. */
export interface Erasure {
  readonly erasedAt: string;
  /** Whether an earlier erasure had removed the rows already; the files are swept again all the same. */
  readonly before: boolean;
  /** What is still in files; none where nothing of the key is left. */
  readonly remaining: readonly RemainingTrace[];
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const partitions = 32;

interface Erasable {
  readonly sender_id: string;
  readonly erased_at: string | null;
}

async function lockErasable(tx: Queryable, referralId: string): Promise<Erasable> {
  const { rows } = await tx.query<Erasable>(
    'select sender_id, erased_at from hub.referral where id = $1 for update',
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
  deps: EraseDeps,
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

async function eraseRows(
  tx: Queryable,
  referralId: string,
  deps: EraseDeps,
): Promise<Omit<Erasure, 'remaining'>> {
  const { sender_id: senderId, erased_at: erasedBefore } = await lockErasable(tx, referralId);
  if (erasedBefore !== null) return { erasedAt: erasedBefore, before: true };
  const nowMs = deps.clock.nowMs();
  const erasedAt = formatUtc(nowMs);
  await deleteContent(tx, referralId, erasedAt);
  await recordErasure(tx, { referralId, senderId, nowMs }, deps);
  return { erasedAt, before: false };
}

/** The partition in which a referral's key lay: it follows from the id, also when the key is gone. */
async function partitionOf(database: Database, referralId: string): Promise<string> {
  const { rows } = await database.query<{ remainder: number }>(
    `select remainder from generate_series(0, $2 - 1) as remainder
     where satisfies_hash_partition('vault.content_key'::regclass, $2, remainder, $1::uuid)`,
    [referralId, partitions],
  );
  return `vault.${quoteIdentifier(`content_key_${rows[0]?.remainder ?? 0}`)}`;
}

/**
 * Erases one referral: its key and all that the key opens, its receipt, the openings of its ledger events, and what
 * authorities answered, where that lies in an exchange of ours. The ledger's commitments stay and still verify. Then
 * the files are swept in which the key lay; a second time only sweeps, for what a crash or another's transaction may
 * have left. Contact points keep what was dispatched to them: that is theirs. Backups and standbys are the operator's.
 * @throws CodedError `referral-unknown`, `referral-id-malformed`; DatabaseError.
 */
export async function eraseReferral(
  database: Database,
  referralId: string,
  deps: EraseDeps,
): Promise<Erasure> {
  if (!uuid.test(referralId)) {
    throw new CodedError('referral-id-malformed', 'The id of a referral is a UUID in lower case.');
  }
  // The router may hold a dispatch of this referral and want the referral next.
  const erased = await withRetry(() => database.transaction((tx) => eraseRows(tx, referralId, deps)), {
    log: silentLog,
    sleep: deps.sleep,
  });
  const parcels = await findAnswerParcels(database, referralId);
  const { exchangeAdmin } = deps;
  const remaining = [
    ...(await eraseAnswers(exchangeAdmin, parcels, deps)),
    ...(await rewriteTable(database, await partitionOf(database, referralId), deps.sleep)),
    ...(await dropLog(database)),
    // The exchange may lie on a server of its own.
    ...(exchangeAdmin === null || parcels.length === 0 ? [] : await dropLog(exchangeAdmin)),
  ];
  return { ...erased, remaining: [...new Set(remaining)] };
}
