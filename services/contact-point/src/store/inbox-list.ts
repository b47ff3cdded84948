import type { Queryable } from '@liaison/postgres';
import type { InboxEntry, InboxPlace } from './inbox.ts';

/** Which dispatches the officer's list shows. A null asks for nothing. */
export interface InboxFilter {
  readonly state: InboxEntry['state'] | null;
  readonly urgent: boolean | null;
  readonly abuseType: string | null;
  readonly unread: boolean | null;
  /** A sender's reference or an own case number, from its beginning, or a whole id of a referral or dispatch. */
  readonly search: string | null;
}

/** One dispatch in the officer's list. */
export interface InboxLine {
  readonly dispatchId: string;
  readonly referralId: string;
  readonly providerReference: string;
  readonly senderId: string;
  readonly urgent: boolean;
  readonly state: InboxEntry['state'];
  readonly abuseTypes: readonly string[];
  readonly certainty: string;
  readonly caseNumber: string | null;
  readonly receivedAt: string;
  /** Null: nobody has looked at it. */
  readonly openedAt: string | null;
  /** Kind of an answer that can still be taken back. */
  readonly heldKind: string | null;
}

interface LineRow {
  readonly id: string;
  readonly referral_id: string;
  readonly provider_reference: string;
  readonly sender_id: string;
  readonly urgent: boolean;
  readonly state: InboxEntry['state'];
  readonly abuse_types: string[];
  readonly certainty: string;
  readonly case_number: string | null;
  readonly received_at: string;
  readonly opened_at: string | null;
  readonly held_kind: string | null;
}

function toLine(row: LineRow): InboxLine {
  return {
    dispatchId: row.id,
    referralId: row.referral_id,
    providerReference: row.provider_reference,
    senderId: row.sender_id,
    urgent: row.urgent,
    state: row.state,
    abuseTypes: row.abuse_types,
    certainty: row.certainty,
    caseNumber: row.case_number,
    receivedAt: row.received_at,
    openedAt: row.opened_at,
    heldKind: row.held_kind,
  };
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The conditions of a filter; only those that it names, so that their indexes serve. */
function conditionsOf(filter: InboxFilter, values: unknown[]): string[] {
  const put = (value: unknown): string => `$${values.push(value)}`;
  const conditions: string[] = [];
  if (filter.state !== null) conditions.push(`state = ${put(filter.state)}`);
  if (filter.urgent !== null) conditions.push(`urgent = ${put(filter.urgent)}`);
  if (filter.abuseType !== null) conditions.push(`${put(filter.abuseType)} = any(abuse_types)`);
  if (filter.unread !== null) conditions.push(`(opened_at is null) = ${put(filter.unread)}`);
  if (filter.search !== null) {
    const search = filter.search.toLowerCase();
    const start = put(`${search.replaceAll(/[\\%_]/g, '\\$&')}%`);
    const byId = uuid.test(search) ? ` or referral_id = ${put(search)} or id = ${put(search)}` : '';
    conditions.push(`(lower(provider_reference) like ${start} or lower(case_number) like ${start}${byId})`);
  }
  return conditions;
}

function where(conditions: readonly string[]): string {
  return conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`;
}

/** A page of the officer's list: urgent first, then oldest first. */
export async function readInboxLines(
  tx: Queryable,
  asked: { readonly filter: InboxFilter; readonly after: InboxPlace | null; readonly limit: number },
): Promise<InboxLine[]> {
  const { filter, after, limit } = asked;
  const values: unknown[] = [limit];
  const conditions = conditionsOf(filter, values);
  if (after !== null) {
    values.push(after.urgent, after.receivedAt, after.dispatchId);
    const [urgent, receivedAt, id] = [values.length - 2, values.length - 1, values.length];
    conditions.push(
      `(not urgent, received_at, id) > (not $${urgent}::boolean, $${receivedAt}, $${id}::uuid)`,
    );
  }
  const { rows } = await tx.query<LineRow>(
    `select id, referral_id, provider_reference, sender_id, urgent, state, abuse_types, certainty, case_number,
       received_at, opened_at,
       (select h.content ->> 'kind' from inbox.held_answer h where h.dispatch_id = d.id
        order by h.send_after desc, h.id desc limit 1) as held_kind
     from inbox.dispatch d ${where(conditions)}
     order by not urgent, received_at, id limit $1`,
    values,
  );
  return rows.map(toLine);
}

/** How many dispatches each choice of each filter would show, the other filters being as they are. */
export interface InboxFigures {
  readonly state: ReadonlyMap<string, number>;
  readonly urgent: number;
  readonly unread: number;
  readonly abuseType: ReadonlyMap<string, number>;
}

interface FigureRow {
  readonly state: InboxEntry['state'];
  readonly urgent: boolean;
  readonly unread: boolean;
  readonly abuse_types: string[];
  readonly count: number;
}

/** Counts for the filters. */
export async function countInbox(tx: Queryable, filter: InboxFilter): Promise<InboxFigures> {
  const values: unknown[] = [];
  const conditions = conditionsOf(
    { state: null, urgent: null, abuseType: null, unread: null, search: filter.search },
    values,
  );
  const { rows } = await tx.query<FigureRow>(
    `select state, urgent, opened_at is null as unread, abuse_types, count(*) as count
     from inbox.dispatch ${where(conditions)} group by 1, 2, 3, 4`,
    values,
  );
  const matches = (row: FigureRow, left: keyof InboxFilter): boolean =>
    (left === 'state' || filter.state === null || row.state === filter.state) &&
    (left === 'urgent' || filter.urgent === null || row.urgent === filter.urgent) &&
    (left === 'unread' || filter.unread === null || row.unread === filter.unread) &&
    (left === 'abuseType' || filter.abuseType === null || row.abuse_types.includes(filter.abuseType));
  const sum = (chosen: readonly FigureRow[]): number => chosen.reduce((total, { count }) => total + count, 0);
  const by = (left: 'state' | 'abuseType', namesOf: (row: FigureRow) => readonly string[]) => {
    const figures = new Map<string, number>();
    for (const row of rows.filter((one) => matches(one, left)))
      for (const name of namesOf(row)) figures.set(name, (figures.get(name) ?? 0) + row.count);
    return figures;
  };
  return {
    state: by('state', ({ state }) => [state]),
    abuseType: by('abuseType', ({ abuse_types: types }) => types),
    urgent: sum(rows.filter((row) => row.urgent && matches(row, 'urgent'))),
    unread: sum(rows.filter((row) => row.unread && matches(row, 'unread'))),
  };
}

/** Notes that somebody looks at a dispatch; the first time counts. */
export async function markOpened(tx: Queryable, dispatchId: string, at: string): Promise<void> {
  await tx.query('update inbox.dispatch set opened_at = $2 where id = $1 and opened_at is null', [
    dispatchId,
    at,
  ]);
}

/** Which referrals have come here: a dispatch of each, the last one, by the referral's id. */
export async function findReferrals(
  tx: Queryable,
  referralIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (referralIds.length === 0) return new Map();
  const { rows } = await tx.query<{ id: string; referral_id: string }>(
    'select id, referral_id from inbox.dispatch where referral_id = any($1) order by received_at, id',
    [referralIds],
  );
  return new Map(rows.map(({ id, referral_id: referralId }) => [referralId, id]));
}
