import type { InboxPlace } from '../store/inbox.ts';

/** What a parameter says; undefined where it says nothing that is understood. */
export type Reading<Value> = Value | undefined;

const cursorForm =
  /^([01]) (\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** Writes where a page of the inbox ends. */
export function writeCursor({ urgent, receivedAt, dispatchId }: InboxPlace): string {
  return Buffer.from(`${urgent ? 1 : 0} ${receivedAt} ${dispatchId}`).toString('base64url');
}

/** Reads a cursor, which is taken back only as it was given; null where there is none. */
export function readCursor(value: unknown): Reading<InboxPlace | null> {
  if (value === undefined) return null;
  const text = typeof value === 'string' ? Buffer.from(value, 'base64url').toString('latin1') : '';
  const [, urgent, receivedAt = '', dispatchId = ''] = cursorForm.exec(text) ?? [];
  if (urgent === undefined || Number.isNaN(Date.parse(receivedAt))) return undefined;
  const place = { urgent: urgent === '1', receivedAt, dispatchId };
  return writeCursor(place) === value ? place : undefined;
}
