/** Before the first position of the ledger. */
export const feedStart = -1;

const form = /^p(0|[1-9]\d{0,15})$/;

/** The opaque cursor after a position. */
export function encodeFeedCursor(position: number): string {
  return Buffer.from(position < 0 ? 'start' : `p${position}`).toString('base64url');
}

/** The position behind a cursor that we made; null for anything else. */
export function decodeFeedCursor(cursor: string): number | null {
  const text = Buffer.from(cursor, 'base64url').toString('latin1');
  if (encodeFeedCursor(feedStart) === cursor) return feedStart;
  const digits = form.exec(text)?.[1];
  const position = Number(digits);
  return digits !== undefined && Number.isSafeInteger(position) && encodeFeedCursor(position) === cursor
    ? position
    : null;
}
