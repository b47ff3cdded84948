import type { Request, Response } from 'express';
import type { Timeline } from '../timelines/find-timelines.ts';
import { requireMatch } from './read-parameter.ts';

/** A referral's or dispatch's id is of this form too. */
const reference = /^[A-Za-z0-9._:-]{1,128}$/;

/** `GET /v1/timelines`: what became of the referrals that an id or a reference names. */
export function getTimelines(findTimelines: (search: string) => Promise<readonly Timeline[]>) {
  return async (req: Request, res: Response): Promise<void> => {
    const search = requireMatch(req.query, 'search', reference);
    res.json({ timelines: await findTimelines(search) });
  };
}
