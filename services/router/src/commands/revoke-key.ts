import { appendEvents, hubChannels } from '@liaison/hub-database';
import type { Queryable } from '@liaison/postgres';
import { CodedError, formatUtc } from '@liaison/service';
import type { EnrolmentDeps } from './enrol-participant.ts';

/**
 * Revokes a key at once. `since` says from when it may have been in other hands: earlier accepted referrals are flagged
 * by that, not refused.
 * @throws CodedError `key-unknown`.
 */
export async function revokeKey(
  tx: Queryable,
  revocation: { readonly participantId: string; readonly kid: string; readonly since: string },
  deps: EnrolmentDeps,
): Promise<void> {
  const { participantId, kid, since } = revocation;
  const nowMs = deps.clock.nowMs();
  const { rowCount } = await tx.query(
    `update hub.participant_key set revoked_since = $3, revoked_at = $4
     where participant_id = $1 and kid = $2 and revoked_at is null`,
    [participantId, kid, since, formatUtc(nowMs)],
  );
  if (rowCount === 0)
    throw new CodedError('key-unknown', 'The participant has no such key that could be revoked.');
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
