import type { Queryable } from '@liaison/postgres';
import type { Request, Response } from 'express';
import { readInboxLines, type InboxFilter, type InboxLine } from '../store/inbox-list.ts';
import { readInboxAddress } from './inbox-address.ts';
import { toCsv } from './to-csv.ts';

/** Most dispatches of one download. */
export const downloadSize = 5_000;

const columns = [
  'dispatchId',
  'referralId',
  'providerReference',
  'senderId',
  'urgent',
  'state',
  'abuseTypes',
  'certainty',
  'caseNumber',
  'receivedAt',
  'openedAt',
] as const;

function toRow(line: InboxLine): string[] {
  return columns.map((column) => {
    const value = line[column];
    return Array.isArray(value) ? value.join(' ') : String(value ?? '');
  });
}

async function readShown(database: Queryable, filter: InboxFilter): Promise<InboxLine[]> {
  return readInboxLines(database, { filter, after: null, limit: downloadSize });
}

/** `GET /inbox.csv`: what the list shows, as codes and UTC. */
export function downloadInboxCsv({ database }: { readonly database: Queryable }) {
  return async (req: Request, res: Response): Promise<void> => {
    const lines = await readShown(database, readInboxAddress(req.query).filter);
    res
      .attachment('inbox.csv')
      .type('text/csv')
      .send(toCsv(columns, lines.map(toRow)));
  };
}

/** `GET /inbox.json`: the same, as JSON. */
export function downloadInboxJson({ database }: { readonly database: Queryable }) {
  return async (req: Request, res: Response): Promise<void> => {
    const lines = await readShown(database, readInboxAddress(req.query).filter);
    const dispatches = lines.map(({ heldKind: _ours, ...line }) => line);
    res.attachment('inbox.json').json({ dispatches });
  };
}
