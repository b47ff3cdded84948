import { toArrayText, type RowsToInsert } from '@liaison/postgres';
import { formatUtc } from '@liaison/service';

/** Something that may be told to a sender; it hangs on the ledger event whose id it has. */
export interface ProviderEvent {
  readonly eventId: string;
  readonly senderId: string;
  readonly referralId: string;
  readonly kind:
    | 'forwarded'
    | 'manifestlyUnfounded'
    | 'infoRequested'
    | 'userNoticeHold'
    | 'noRemovalHold'
    | 'notIllegal'
    | 'closed';
  readonly codes: readonly string[];
  readonly until: string | null;
  readonly atMs: number;
}

/** The rows of what may be told to senders. */
export function providerEventRows(events: readonly ProviderEvent[]): RowsToInsert {
  return {
    table: 'hub.provider_event',
    columns: {
      event_id: 'uuid',
      sender_id: 'text',
      referral_id: 'uuid',
      kind: 'text',
      codes: 'text[]',
      until: 'timestamptz',
      at: 'timestamptz',
    },
    rows: events.map((event) => [
      event.eventId,
      event.senderId,
      event.referralId,
      event.kind,
      toArrayText(event.codes),
      event.until,
      formatUtc(event.atMs),
    ]),
  };
}
