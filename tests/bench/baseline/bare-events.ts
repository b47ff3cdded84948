import { createHash, randomBytes } from 'node:crypto';
import type { NewId } from '@liaison/service';
import type { Statements } from './bare-places.ts';

/** A ledger event with its leaf and opening. */
export interface BareEvent {
  readonly id: string;
  readonly referralId: string;
  readonly audience: string | null;
  readonly leaf: Buffer;
  readonly salt: Buffer;
  readonly details: string;
}

/** What an event tells. */
export interface BareFacts {
  readonly type: string;
  readonly subjectId: string;
  readonly actorId: string;
  readonly facts: object;
  readonly details: object;
  readonly referralId: string;
  readonly audience?: string;
}

/** SHA-256 of bytes. */
export function sha256(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** Digest of a message's payload as the profile writes it. */
export function digestOfPayload(jws: string): string {
  return `sha-256:${sha256(Buffer.from(jws.split('.')[1] ?? '', 'base64url')).toString('base64url')}`;
}

/** Makes the leaf and the opening of an event, of the size that real ones have. */
export function makeEvent(newId: NewId, origin: string, draft: BareFacts): BareEvent {
  const salt = randomBytes(32);
  const details = JSON.stringify(draft.details);
  const commitment = sha256(Buffer.from('liaison-event-v1'), salt, Buffer.from(details)).toString(
    'base64url',
  );
  const id = newId();
  const { type, subjectId, actorId, facts } = draft;
  const at = new Date().toISOString();
  const leaf = Buffer.from(
    JSON.stringify({
      actorId,
      at,
      commitment: `sha-256:${commitment}`,
      eventId: id,
      facts,
      origin,
      subjectId,
      type,
      v: 1,
    }),
  );
  return { id, referralId: draft.referralId, audience: draft.audience ?? null, leaf, salt, details };
}

/** Statements that write events with the change that they record. */
export function writeEvents(events: readonly BareEvent[]): Statements {
  const ids = events.map(({ id }) => id);
  const referralIds = events.map(({ referralId }) => referralId);
  return [
    {
      name: 'opening',
      text: `insert into ledger.opening (event_id, referral_id, salt, details)
        select * from unnest($1::uuid[], $2::uuid[], $3::bytea[], $4::text[])`,
      values: [ids, referralIds, events.map(({ salt }) => salt), events.map(({ details }) => details)],
    },
    {
      name: 'pending',
      text: `insert into ledger.pending (event_id, referral_id, audience, leaf)
        select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::bytea[])`,
      values: [ids, referralIds, events.map(({ audience }) => audience), events.map(({ leaf }) => leaf)],
    },
  ];
}
