import type { ContactPointApi } from '@liaison/contracts';
import type { Database } from '@liaison/postgres';
import { ProblemError } from '@liaison/service';
import type { Request, Response } from 'express';
import { readInbox, type InboxEntry, type InboxSlice } from '../store/inbox.ts';
import { readCursor, writeCursor, type Reading } from './inbox-cursor.ts';

const states: readonly InboxEntry['state'][] = ['new', 'acknowledged', 'declined', 'closed'];
const defaultLimit = 50;
const maxLimit = 200;

function readState(value: unknown): Reading<InboxEntry['state'] | null> {
  return value === undefined ? null : states.find((state) => state === value);
}

function readLimit(value: unknown): Reading<number> {
  if (value === undefined) return defaultLimit;
  const limit = typeof value === 'string' && /^[1-9]\d{0,2}$/.test(value) ? Number(value) : 0;
  return limit >= 1 && limit <= maxLimit ? limit : undefined;
}

function readPage(query: Request['query']): InboxSlice {
  const state = readState(query['state']);
  const limit = readLimit(query['limit']);
  const after = readCursor(query['after']);
  if (state !== undefined && limit !== undefined && after !== undefined) return { state, limit, after };
  const wrong = Object.entries({ after, limit, state }).filter(([, reading]) => reading === undefined);
  throw new ProblemError('parameter-invalid', {
    faults: wrong.map(([name]) => ({ pointer: `/${name}`, code: 'format-wrong' })),
  });
}

/** `GET /v1/dispatches`: the inbox, urgent first. */
export function listDispatches(database: Database) {
  return async (req: Request, res: Response): Promise<void> => {
    const slice = readPage(req.query);
    const dispatches = await readInbox(database, slice);
    const last = dispatches.length === slice.limit ? dispatches.at(-1) : undefined;
    const next = last === undefined ? null : writeCursor(last);
    res.json({ dispatches, next } satisfies ContactPointApi['schemas']['InboxPage']);
  };
}
