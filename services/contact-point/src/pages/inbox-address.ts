import type { Request } from 'express';
import { readCursor } from '../routes/inbox-cursor.ts';
import type { InboxEntry, InboxPlace } from '../store/inbox.ts';
import type { InboxFilter } from '../store/inbox-list.ts';

export const dispatchStates = ['new', 'acknowledged', 'declined', 'closed'] as const;
export const abuseTypes = ['knownMaterial', 'newMaterial', 'solicitation', 'notDetermined'] as const;

/** What the address of the list asks for. */
export interface InboxAddress {
  readonly filter: InboxFilter;
  readonly after: InboxPlace | null;
}

const maxSearchLength = 128;

function readSearch(value: unknown): string | null {
  const search = typeof value === 'string' ? value.trim().slice(0, maxSearchLength) : '';
  return search === '' ? null : search;
}

/**
 * Reads the address of the list. An officer's address is read kindly: what it does not understand asks for nothing. Without
 * a state it is those that wait for an answer; a search looks everywhere unless it says otherwise.
 */
export function readInboxAddress(query: Request['query']): InboxAddress {
  const search = readSearch(query['q']);
  const asked = query['state'];
  const state: InboxEntry['state'] | null =
    asked === 'all' || (asked === undefined && search !== null)
      ? null
      : (dispatchStates.find((one) => one === asked) ?? 'new');
  return {
    filter: {
      state,
      urgent: query['urgent'] === 'yes' ? true : null,
      unread: query['unread'] === 'yes' ? true : null,
      abuseType: abuseTypes.find((one) => one === query['type']) ?? null,
      search,
    },
    after: readCursor(query['after']) ?? null,
  };
}

/** Writes the parameters of a filter, with the `?`; what the list shows anyway is left out. */
export function writeInboxQuery(filter: InboxFilter, more: Readonly<Record<string, string>> = {}): string {
  const parameters = new URLSearchParams();
  if (filter.state === null) parameters.set('state', 'all');
  else if (filter.state !== 'new' || filter.search !== null) parameters.set('state', filter.state);
  if (filter.urgent === true) parameters.set('urgent', 'yes');
  if (filter.unread === true) parameters.set('unread', 'yes');
  if (filter.abuseType !== null) parameters.set('type', filter.abuseType);
  if (filter.search !== null) parameters.set('q', filter.search);
  for (const [name, value] of Object.entries(more)) parameters.set(name, value);
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}
