import { createHash } from 'node:crypto';
import type { LedgerEvent } from '@liaison/contracts';
import { canonicaliseDetails, commitDetails, encodeLeaf } from '@liaison/ledger';
import type { Queryable } from '@liaison/postgres';
import { formatUtc, type NewId, type RandomBytes } from '@liaison/service';

/** What happened, before it is made into a leaf. */
export interface EventDraft {
  readonly type: LedgerEvent['type'];
  readonly atMs: number;
  /** What it is about; null where the event is about nothing but itself. */
  readonly subjectId: string | null;
  readonly actorId: string;
  readonly facts: LedgerEvent['facts'];
  /** What the commitment hides; holds the message's payload digest wherever there is a message. */
  readonly details: Readonly<Record<string, unknown>>;
  /** The referral with which the opening is erased; null for what concerns none. */
  readonly referralId: string | null;
  /** The sender in whose feed the event stands; null for none. */
  readonly audience: string | null;
}

/** An event with its leaf and its opening, ready to be written with the change that it records. */
export interface PreparedEvent {
  readonly eventId: string;
  readonly leaf: Uint8Array;
  readonly salt: Uint8Array;
  readonly details: string;
  readonly referralId: string | null;
  readonly audience: string | null;
}

/** Makes events of one log. */
export interface EventMaker {
  prepare(draft: EventDraft): Promise<PreparedEvent>;
}

const saltBytes = 32;

function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest();
}

/** Makes the ledger's events for one origin, with ids and salts from the sources given. */
export function createEventMaker(options: {
  readonly origin: string;
  readonly newId: NewId;
  readonly randomBytes: RandomBytes;
}): EventMaker {
  return {
    async prepare(draft) {
      const salt = options.randomBytes(saltBytes);
      const details = canonicaliseDetails(draft.details);
      const eventId = options.newId();
      const leaf = encodeLeaf({
        v: 1,
        origin: options.origin,
        eventId,
        type: draft.type,
        at: formatUtc(draft.atMs),
        subjectId: draft.subjectId ?? eventId,
        actorId: draft.actorId,
        facts: draft.facts,
        commitment: await commitDetails({ salt, details, digest: sha256 }),
      });
      return { eventId, leaf, salt, details, referralId: draft.referralId, audience: draft.audience };
    },
  };
}

const insertOpenings = `
  insert into ledger.opening (event_id, referral_id, salt, details)
  select * from unnest($1::uuid[], $2::uuid[], $3::bytea[], $4::text[])`;
const insertPending = `
  insert into ledger.pending (event_id, referral_id, audience, leaf)
  select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::bytea[])`;

/** Writes events in the transaction of the change that they record, in their order, and wakes the sequencer. */
export async function appendEvents(tx: Queryable, events: readonly PreparedEvent[]): Promise<void> {
  if (events.length === 0) return;
  const ids = events.map(({ eventId }) => eventId);
  const referralIds = events.map(({ referralId }) => referralId);
  await tx.query({
    name: 'ledger-insert-openings',
    text: insertOpenings,
    values: [ids, referralIds, events.map(({ salt }) => salt), events.map(({ details }) => details)],
  });
  await tx.query({
    name: 'ledger-insert-pending',
    text: insertPending,
    values: [ids, referralIds, events.map(({ audience }) => audience), events.map(({ leaf }) => leaf)],
  });
  await tx.query(`select pg_notify('liaison_ledger', '')`);
}
