import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Queryable } from '@liaison/postgres';
import { codeOf, type Log } from '@liaison/service';
import type { Request, Response } from 'express';
import type { LogIdentity } from '../log-key/log-identity.ts';
import { ledgerInconsistent } from '../sequencer/ledger-inconsistent.ts';
import type { StoredCheckpoint } from '../store/checkpoints.ts';
import { readLeaves } from '../store/leaves.ts';
import { latestCheckpoint } from './served-checkpoint.ts';

/** What exporting needs. */
export interface ExportDeps {
  readonly database: Queryable;
  readonly identity: LogIdentity;
  readonly log: Log;
}

/** One page is in memory at a time, and one more on its way to the reader. */
const pageLeaves = 500;

function toLine(value: object): string {
  return `${JSON.stringify(value)}\n`;
}

async function readPage(database: Queryable, from: number, to: number): Promise<string> {
  const leaves = await readLeaves(database, { from, to });
  const gapless =
    leaves.length === to - from && leaves.every(({ position }, index) => position === from + index);
  if (!gapless) throw ledgerInconsistent('node-missing');
  return leaves
    .map(({ position, leaf }) => toLine({ kind: 'leaf', position, leaf: leaf.toString('base64url') }))
    .join('');
}

async function* exportPages(
  { database, identity }: ExportDeps,
  { size, note }: StoredCheckpoint,
): AsyncGenerator<string> {
  const { origin, verifierKey } = identity;
  yield toLine({ kind: 'log', origin, keys: [verifierKey], size });
  for (let from = 0; from < size; from += pageLeaves) {
    yield await readPage(database, from, Math.min(from + pageLeaves, size));
  }
  yield toLine({ kind: 'checkpoint', note });
}

/**
 * `GET /v1/log/export`: the log of the latest checkpoint, page after page as fast as its reader takes it. No transaction
 * stays open: what a checkpoint covers never changes. Where reading fails in between, the connection is cut, so that
 * nobody takes a part for the whole.
 */
export function exportLog(deps: ExportDeps) {
  return async (req: Request, res: Response): Promise<void> => {
    const checkpoint = await latestCheckpoint(deps.database);
    res.type('application/x-ndjson');
    if (req.method === 'HEAD') {
      res.end();
      return;
    }
    try {
      await pipeline(Readable.from(exportPages(deps, checkpoint), { highWaterMark: 1 }), res);
    } catch (error) {
      if (codeOf(error) !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
      deps.log.debug('export-abandoned', { size: checkpoint.size });
    }
  };
}
