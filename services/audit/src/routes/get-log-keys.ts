import type { AuditApi } from '@liaison/contracts';
import type { Request, Response } from 'express';
import type { LogIdentity } from '../log-key/log-identity.ts';

/** `GET /v1/log/keys`: which log this is, and with which keys it is verified. */
export function getLogKeys({ origin, verifierKey }: LogIdentity) {
  return (_req: Request, res: Response): void => {
    res.json({ origin, keys: [verifierKey] } satisfies AuditApi['schemas']['LogKeys']);
  };
}
