import type { DirectoryIndex, Participant } from '@liaison/directory';
import { ProblemError } from '@liaison/service';
import type { Request, Response } from 'express';
import { authoriseRequest, type AuthoriseDeps } from '../authorise-request.ts';
import type { DirectorySource } from '../directory-source.ts';
import type { RateLimit } from '../rate-limits.ts';

/** What every read by a sender needs. */
export interface ReadDeps extends AuthoriseDeps {
  readonly directories: DirectorySource;
  readonly senderLimit: RateLimit;
}

/** Runs a read for the sender that its token names, within the sender's quota. */
export function forSender(
  deps: ReadDeps,
  read: (req: Request, res: Response, sender: Participant) => Promise<void>,
) {
  return async (req: Request, res: Response): Promise<void> => {
    const directory: DirectoryIndex = deps.directories.current();
    const sender = await authoriseRequest(req, directory, deps);
    const quota = await deps.senderLimit.consume(sender.id);
    res.set(deps.senderLimit.headersOf(quota));
    if (!quota.allowed) throw new ProblemError('rate-exceeded', { retryAfterSeconds: quota.resetSeconds });
    await read(req, res, sender);
  };
}

/** Refuses a parameter, and says which. */
export function refuseParameter(name: string): never {
  throw new ProblemError('parameter-invalid', { faults: [{ pointer: `/${name}`, code: 'format-wrong' }] });
}
