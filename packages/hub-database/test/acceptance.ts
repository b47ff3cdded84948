import { randomBytes } from 'node:crypto';
import type { Queryable } from '@liaison/postgres';
import { formatUtc } from '@liaison/service';
import type { HubFixture } from './hub-fixture.ts';

/** What differs between acceptances. */
export interface AcceptanceChanges {
  readonly senderId?: string;
  readonly digest?: string;
  readonly urgent?: boolean;
  readonly relatedTo?: string;
  readonly atMs?: number;
}

/** What `intake.accept` answered. */
export interface AcceptedRow {
  readonly outcome: string;
  readonly referral_id: string | null;
  readonly receipt: string | null;
}

export const sender = 'sender-one';

/** Accepts a referral as the submission API does. */
export async function accept(
  hub: HubFixture,
  reference: string,
  changes: AcceptanceChanges = {},
  database: Queryable = hub.as('submission-api'),
): Promise<AcceptedRow> {
  const id = hub.newId();
  const senderId = changes.senderId ?? sender;
  const atMs = changes.atMs ?? Date.now();
  const event = await hub.events.prepare({
    type: 'referralAccepted',
    atMs,
    subjectId: id,
    actorId: senderId,
    facts: { kind: 'providerReport', sender: senderId, state: 'accepted' },
    details: { payloadDigest: changes.digest ?? 'sha-256:one' },
    referralId: id,
    audience: senderId,
  });
  const { rows } = await database.query<AcceptedRow>(
    `select outcome, referral_id, receipt from intake.accept(
       $1, $2, 'provider', 'providerReport', $3, $4, 'kid', $5, $6, $7, $8, $9, $10, 'wrapping-1', $11, $12, $13, $14, $15)`,
    [
      id,
      senderId,
      reference,
      changes.digest ?? 'sha-256:one',
      changes.relatedTo === undefined ? null : 'supplement',
      changes.relatedTo ?? null,
      changes.urgent ?? false,
      formatUtc(atMs),
      `receipt of ${id}`,
      randomBytes(40),
      randomBytes(40),
      event.eventId,
      event.leaf,
      event.salt,
      event.details,
    ],
  );
  const [row] = rows;
  if (row === undefined) throw new TypeError('intake.accept answered nothing');
  return row;
}

/** Accepts what has to be accepted. @returns its id. */
export async function acceptNew(
  hub: HubFixture,
  reference: string,
  changes?: AcceptanceChanges,
): Promise<string> {
  const { outcome, referral_id: id } = await accept(hub, reference, changes);
  if (outcome !== 'accepted' || id === null) throw new Error(outcome);
  return id;
}
