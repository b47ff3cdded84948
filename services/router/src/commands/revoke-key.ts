import { appendEvents, hubChannels } from '@liaison/hub-database';
import type { Queryable } from '@liaison/postgres';
import { CodedError, formatUtc } from '@liaison/service';
import type { EnrolmentDeps } from './enrol-participant.ts';

/** RFC 3339; what the database takes besides (`yesterday`, `infinity`) would be no time in the directory. */
const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

function readSince(text: string, nowMs: number): string {
  const sinceMs = rfc3339.test(text) ? Date.parse(text) : Number.NaN;
  if (sinceMs <= nowMs) return formatUtc(sinceMs);
  throw new CodedError('since-invalid', 'The time since when is not RFC 3339, or has not come yet.');
}

/**
 * Revokes a key at once. `since` says from when it may have been in other hands: earlier accepted referrals are flagged
 * by that, not refused.
 * @param revocation `since` RFC 3339, not ahead of now.
 * @throws CodedError `since-invalid`, `key-unknown`.
 */
export async function revokeKey(
  tx: Queryable,
  revocation: { readonly participantId: string; readonly kid: string; readonly since: string },
  deps: EnrolmentDeps,
): Promise<void> {
  const { participantId, kid } = revocation;
  const nowMs = deps.clock.nowMs();
  const since = readSince(revocation.since, nowMs);
  const { rowCount } = await tx.query(
    `update hub.participant_key set revoked_since = $3, revoked_at = $4
     where participant_id = $1 and kid = $2 and revoked_at is null`,
    [participantId, kid, since, formatUtc(nowMs)],
  );
  if (rowCount === 0)
    throw new CodedError('key-unknown', 'The participant has no such key that could be revoked.');
  // What could not be opened with this key may open with the one that is current now.
  await tx.query('update hub.participant set changed_at = $2 where id = $1', [
    participantId,
    formatUtc(nowMs),
  ]);
  const event = await deps.events.prepare({
    type: 'keyRevoked',
    atMs: nowMs,
    subjectId: participantId,
    actorId: deps.hubId,
    facts: { state: 'revoked' },
    details: { kid, since },
    referralId: null,
    audience: null,
  });
  await appendEvents(tx, [event]);
  await tx.query('select pg_notify($1, $2)', [hubChannels.participants, '']);
}
