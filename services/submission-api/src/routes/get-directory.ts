import type { Request, Response } from 'express';
import type { DirectorySource } from '../directory-source.ts';

/** `GET /v1/directory`: the signed directory, public. */
export function getDirectory(directories: DirectorySource) {
  return (_req: Request, res: Response): void => {
    res.type('application/jose').send(Buffer.from(directories.currentJws()));
  };
}
