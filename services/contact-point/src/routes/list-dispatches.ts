import type { ContactPointApi } from '@liaison/contracts';
import type { Database } from '@liaison/postgres';
import { ProblemError } from '@liaison/service';
import type { Request, Response } from 'express';
import { readInbox, type InboxEntry, type InboxPlace } from '../store/inbox.ts';

const states: readonly InboxEntry['state'][] = ['new', 'acknowledged', 'declined', 'closed'];
const defaultLimit = 50;
const maxLimit = 200;

function refuse(parameter: string): never {
  throw new ProblemError('parameter-invalid', {
    faults: [{ pointer: `/${parameter}`, code: 'format-wrong' }],
  });
}

function readState(value: unknown): InboxEntry['state'] | null {
  if (value === undefined) return null;
  return states.find((state) => state === value) ?? refuse('state');
}

function readLimit(value: unknown): number {
  if (value === undefined) return defaultLimit;
  const limit = typeof value === 'string' && /^[1-9]\d{0,2}$/.test(value) ? Number(value) : 0;
  return limit >= 1 && limit <= maxLimit ? limit : refuse('limit');
}

const cursorForm = /^([01]) (\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z) ([0-9a-f-]{36})$/;

function readCursor(value: unknown): InboxPlace | null {
  if (value === undefined) return null;
  const text = typeof value === 'string' ? Buffer.from(value, 'base64url').toString('latin1') : '';
  const [, urgent, receivedAt, dispatchId] = cursorForm.exec(text) ?? [];
  if (urgent === undefined || receivedAt === undefined || dispatchId === undefined) return refuse('after');
  return { urgent: urgent === '1', receivedAt, dispatchId };
}

function writeCursor({ urgent, receivedAt, dispatchId }: InboxEntry): string {
  return Buffer.from(`${urgent ? 1 : 0} ${receivedAt} ${dispatchId}`).toString('base64url');
}

/** `GET /v1/dispatches`: the inbox, urgent first. */
export function listDispatches(database: Database) {
  return async (req: Request, res: Response): Promise<void> => {
    const state = readState(req.query['state']);
    const limit = readLimit(req.query['limit']);
    const after = readCursor(req.query['after']);
    const dispatches = await readInbox(database, { state, after, limit });
    const last = dispatches.length === limit ? dispatches.at(-1) : undefined;
    const next = last === undefined ? null : writeCursor(last);
    res.json({ dispatches, next } satisfies ContactPointApi['schemas']['InboxPage']);
  };
}
