import { createHash } from 'node:crypto';
import type { LedgerEvent } from '@liaison/contracts';
import { canonicaliseDetails, commitDetails, encodeLeaf } from '@liaison/ledger';
import { insertRows, type Queryable, type RowsToInsert } from '@liaison/postgres';
import { formatUtc, type NewId, type RandomBytes } from '@liaison/service';
import { hubChannels } from './channels.ts';

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

/** The rows of events, to be inserted together with the change that they record. */
function eventRows(events: readonly PreparedEvent[]): RowsToInsert[] {
  return [
    {
      table: 'ledger.opening',
      columns: { event_id: 'uuid', referral_id: 'uuid', salt: 'bytea', details: 'text' },
      rows: events.map(({ eventId, referralId, salt, details }) => [eventId, referralId, salt, details]),
    },
    {
      table: 'ledger.pending',
      columns: { event_id: 'uuid', referral_id: 'uuid', audience: 'text', leaf: 'bytea' },
      rows: events.map(({ eventId, referralId, audience, leaf }) => [eventId, referralId, audience, leaf]),
    },
  ];
}

/** Writes events, and rows that belong to them, in the transaction of the change; wakes the sequencer. */
export async function appendEvents(
  tx: Queryable,
  events: readonly PreparedEvent[],
  beside: readonly RowsToInsert[] = [],
): Promise<void> {
  const notify = events.length === 0 ? [] : [hubChannels.ledger];
  await insertRows(tx, [...beside, ...eventRows(events)], { notify });
}
