import type { Request, Response } from 'express';
import type { Volumes } from '../volumes/read-volumes.ts';

/** `GET /v1/volumes`: figures, with the time as of which they are. */
export function getVolumes(readVolumes: () => Promise<Volumes>) {
  return async (_req: Request, res: Response): Promise<void> => {
    res.json(await readVolumes());
  };
}
