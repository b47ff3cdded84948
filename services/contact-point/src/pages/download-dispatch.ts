import type { Request, Response } from 'express';
import { openStored, type OpenStoredDeps } from '../inbox/open-stored.ts';
import { dispatchIdOf } from '../routes/get-dispatch.ts';
import { dispatchFile, flatten } from './dispatch-file.ts';
import { toCsv } from './to-csv.ts';

/** `GET /inbox/{dispatchId}/dispatch.json`: signed and decoded, without addresses of a hotline. */
export function downloadDispatchJson(deps: OpenStoredDeps) {
  return async (req: Request, res: Response): Promise<void> => {
    const dispatchId = dispatchIdOf(req);
    const file = dispatchFile(await openStored(dispatchId, deps), false);
    res.attachment(`${dispatchId}.json`).json(file);
  };
}

/** `GET /inbox/{dispatchId}/dispatch.csv`: what is decoded, one value a line, without addresses of a hotline. */
export function downloadDispatchCsv(deps: OpenStoredDeps) {
  return async (req: Request, res: Response): Promise<void> => {
    const dispatchId = dispatchIdOf(req);
    const { jws: _signed, ...decoded } = dispatchFile(await openStored(dispatchId, deps), false);
    const csv = toCsv(['pointer', 'value'], flatten(decoded));
    res.attachment(`${dispatchId}.csv`).type('text/csv').send(csv);
  };
}
