import type { Queryable } from '@liaison/postgres';
import type { Request, Response } from 'express';
import { readSize } from './read-parameter.ts';
import { servedCheckpoint } from './served-checkpoint.ts';

/** `GET /v1/log/checkpoint`: a signed note. */
export function getCheckpoint(database: Queryable) {
  return async (req: Request, res: Response): Promise<void> => {
    const { note } = await servedCheckpoint(database, readSize(req.query, 'size'));
    res.type('text/plain').send(note);
  };
}
