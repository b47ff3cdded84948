import type { ContactPointApi } from '@liaison/contracts';
import type { Queryable } from '@liaison/postgres';

export type InboxEntry = ContactPointApi['schemas']['InboxEntry'];

interface EntryRow {
  readonly id: string;
  readonly referral_id: string;
  readonly kind: string;
  readonly sequence: number;
  readonly urgent: boolean;
  readonly state: InboxEntry['state'];
  readonly received_at: string;
  readonly sender_id: string;
  readonly case_number: string | null;
}

function toEntry(row: EntryRow): InboxEntry {
  return {
    dispatchId: row.id,
    referralId: row.referral_id,
    kind: row.kind,
    sequence: row.sequence,
    urgent: row.urgent,
    state: row.state,
    receivedAt: row.received_at,
    senderId: row.sender_id,
    caseNumber: row.case_number,
  };
}

const columns = 'id, referral_id, kind, "sequence", urgent, state, received_at, sender_id, case_number';

/** Where a page of the inbox ends: the next one begins behind it. */
export interface InboxPlace {
  readonly urgent: boolean;
  readonly receivedAt: string;
  readonly dispatchId: string;
}

/** Which page of the inbox: of one state or of all, from where, and how many at most. */
export interface InboxSlice {
  readonly state: InboxEntry['state'] | null;
  readonly after: InboxPlace | null;
  readonly limit: number;
}

/** A page of the inbox: urgent first, then oldest first. */
export async function readInbox(tx: Queryable, { state, after, limit }: InboxSlice): Promise<InboxEntry[]> {
  const { rows } = await tx.query<EntryRow>(
    `select ${columns} from inbox.dispatch
     where ($1::text is null or state = $1)
       and ($2::boolean is null or (not urgent, received_at, id) > (not $2, $3::timestamptz, $4::uuid))
     order by not urgent, received_at, id
     limit $5`,
    [state, after?.urgent ?? null, after?.receivedAt ?? null, after?.dispatchId ?? null, limit],
  );
  return rows.map(toEntry);
}

/** One dispatch with its signed bytes. */
export async function readStoredDispatch(
  tx: Queryable,
  id: string,
): Promise<{ entry: InboxEntry; jws: string; senderKeyRevokedSince: string | null } | undefined> {
  const { rows } = await tx.query<EntryRow & { jws: string; sender_key_revoked_since: string | null }>(
    `select ${columns}, jws, sender_key_revoked_since from inbox.dispatch where id = $1`,
    [id],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  return { entry: toEntry(row), jws: row.jws, senderKeyRevokedSince: row.sender_key_revoked_since };
}
