import type { Decision, ParticipantKind } from '@liaison/contracts';
import { validateMessage } from '@liaison/contracts';
import { chooseEncryptionKey, type DirectoryIndex } from '@liaison/directory';
import { appendEvents } from '@liaison/hub-database';
import type { Database, Queryable } from '@liaison/postgres';
import { CodedError, formatUtc, type Log } from '@liaison/service';
import { sealDispatch, type SealDeps, type SealedDispatch } from '../dispatch/seal-dispatch.ts';
import { clearAlarm } from '../store/alarms.ts';
import { dispatchRows } from '../store/dispatches.ts';
import type { ReadGoverning } from '../store/governing.ts';

/** What following enrolment needs. */
export interface EnrolDeps extends SealDeps {
  readonly database: Database;
  readonly readGoverning: ReadGoverning;
  readonly log: Log;
}

interface WaitingAddressee {
  readonly referral_id: string;
  readonly decision_version: number;
  readonly member_state: string;
  readonly sender_id: string;
  readonly sender_kind: ParticipantKind;
  readonly accepted_at: string;
  readonly document: unknown;
  readonly sealed: Uint8Array;
  readonly wrapping_key_id: string;
  readonly wrapped: Uint8Array;
}

const batchSize = 40;

function addresseeFor(memberState: string, directory: DirectoryIndex): string | undefined {
  return directory.document.participants.find(
    ({ kind, country }) =>
      (kind === 'lawEnforcement' && country === memberState) ||
      (kind === 'europol' && memberState === 'europol'),
  )?.id;
}

async function claimWaiting(
  tx: Queryable,
  enrolled: readonly string[],
): Promise<readonly WaitingAddressee[]> {
  const { rows } = await tx.query<WaitingAddressee>(
    `select u.referral_id, u.decision_version, u.member_state, r.sender_id, r.sender_kind, r.accepted_at, c.document,
       m.sealed, k.wrapping_key_id, k.wrapped
     from hub.unenrolled u
     join hub.referral r on r.id = u.referral_id
     join hub.decision c on c.referral_id = u.referral_id and c.version = u.decision_version
     join content.message m on m.message_id = u.referral_id
     join vault.content_key k on k.referral_id = u.referral_id
     where u.resolved_at is null and u.member_state = any($1) and r.erased_at is null
     order by u.since limit $2
     for update of u skip locked`,
    [enrolled, batchSize],
  );
  return rows;
}

function readDecision(document: unknown): Decision {
  const decision = validateMessage('decision', document);
  if (!decision.ok)
    throw new CodedError('decision-unreadable', 'A stored decision does not follow its schema.');
  return decision.value;
}

/** Dispatches what waited for a contact point that did not exist yet. */
async function dispatchWaiting(deps: EnrolDeps, directory: DirectoryIndex): Promise<number> {
  const states = directory.document.participants.flatMap(({ kind, country }) => {
    if (kind === 'europol') return ['europol'];
    return kind === 'lawEnforcement' && country !== null ? [country] : [];
  });
  return deps.database.transaction(async (tx) => {
    const waiting = await claimWaiting(tx, states);
    if (waiting.length === 0) return 0;
    const { policy, checkpoint } = await deps.readGoverning(tx);
    const dispatches: SealedDispatch[] = [];
    for (const row of waiting) {
      const addresseeId = addresseeFor(row.member_state, directory);
      if (addresseeId === undefined) continue;
      const contentKey = deps.cipher.unwrapKey({ wrappingKeyId: row.wrapping_key_id, wrapped: row.wrapped });
      const draft = {
        referralId: row.referral_id,
        acceptedAt: row.accepted_at,
        sender: { participantId: row.sender_id, kind: row.sender_kind },
        jws: deps.cipher.open(contentKey, row.referral_id, row.sealed),
        contentKey,
        decision: readDecision(row.document),
        policy,
        checkpoint,
      };
      dispatches.push(await sealDispatch(draft, { addresseeId, sequence: 1 }, deps));
      await tx.query(
        `update hub.unenrolled set resolved_at = $4
         where referral_id = $1 and decision_version = $2 and member_state = $3`,
        [row.referral_id, row.decision_version, row.member_state, formatUtc(deps.clock.nowMs())],
      );
    }
    const events = dispatches.map(({ event }) => event);
    await appendEvents(tx, events, dispatchRows(dispatches, { policy, newId: deps.newId }));
    return dispatches.length;
  });
}

/** Frees what was parked for a version or kind, once its addressee has changed and says that it understands it. */
async function unparkUnderstood(deps: EnrolDeps): Promise<number> {
  const { rowCount } = await deps.database.query(
    `update hub.dispatch d set state = 'sealed', refusal_code = null, parked_at = null, next_attempt_at = $1
     from hub.participant p
     where p.id = d.addressee_id and d.state = 'parked' and d.refusal_code in ('kind-unknown', 'version-unknown')
       and p.changed_at > d.parked_at and d.kind = any(p.dispatch_kinds) and d.schema_version = any(p.schema_versions)`,
    [formatUtc(deps.clock.nowMs())],
  );
  return rowCount;
}

async function resumeKeyed(deps: EnrolDeps, directory: DirectoryIndex): Promise<void> {
  const nowMs = deps.clock.nowMs();
  const { rows } = await deps.database.query<{ participant_id: string }>(
    `select participant_id from hub.alarm where code = 'addresseeKeyMissing' and cleared_at is null`,
  );
  for (const { participant_id: participantId } of rows) {
    if (chooseEncryptionKey(directory, participantId, nowMs) === undefined) continue;
    await clearAlarm(deps.database, { code: 'addresseeKeyMissing', participantId }, nowMs);
    await deps.database.query(
      `update hub.dispatch set next_attempt_at = $2 where addressee_id = $1 and state = 'sealed'`,
      [participantId, formatUtc(nowMs)],
    );
  }
}

/** Takes up again whatever waited for the directory to change. @returns how many dispatches may go now. */
export async function followEnrolment(deps: EnrolDeps, directory: DirectoryIndex): Promise<number> {
  const dispatched = await dispatchWaiting(deps, directory);
  const unparked = await unparkUnderstood(deps);
  await resumeKeyed(deps, directory);
  if (dispatched + unparked > 0) deps.log.info('enrolment-followed', { dispatched, unparked });
  return dispatched + unparked;
}
