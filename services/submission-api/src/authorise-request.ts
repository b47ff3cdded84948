import { audienceOf, limits, validateMessage } from '@liaison/contracts';
import { chooseKeyFrom, type DirectoryIndex, type Participant } from '@liaison/directory';
import type { Database } from '@liaison/postgres';
import { verifyMessage } from '@liaison/seal';
import { ProblemError, type Clock } from '@liaison/service';
import type { Request } from 'express';
import { problemOfSeal } from './problem-of-seal.ts';
import { useRequestId } from './store/intake.ts';
import type { SubmissionMetrics } from './submission-metrics.ts';

/** What authorising needs. */
export interface AuthoriseDeps {
  readonly database: Database;
  readonly clock: Clock;
  /** Address under which senders know this interface, without a path. */
  readonly publicOrigin: string;
  readonly metrics: Pick<SubmissionMetrics, 'tokenRefused'>;
}

const maxTokenBytes = 4_096;

function tokenOf(req: Request): string {
  const [scheme, token, ...rest] = (req.get('authorization') ?? '').split(' ');
  if (scheme === '' || token === undefined || token === '') throw new ProblemError('authorization-missing');
  if (scheme?.toLowerCase() !== 'bearer' || rest.length > 0) throw new ProblemError('authorization-invalid');
  return token;
}

/**
 * Finds the sender that a read comes from: a `request+jws` signed with one of its directory keys, for this method and
 * address, at most 60 seconds long, and used once (the shape of RFC 9449, with a key we know beforehand).
 * @throws ProblemError `authorization-…`, and those of the signature's faults.
 */
export async function authoriseRequest(
  req: Request,
  directory: DirectoryIndex,
  { database, clock, publicOrigin, metrics }: AuthoriseDeps,
): Promise<Participant> {
  const nowMs = clock.nowMs();
  const { hub, instance } = directory.document;
  const token = tokenOf(req);
  const verified = await verifyMessage(token, {
    typ: 'request+jws',
    maxBytes: maxTokenBytes,
    audience: audienceOf(instance, hub),
    chooseKey: chooseKeyFrom(directory, { rule: 'now', nowMs }),
    clock: { nowMs, maxAgeMs: limits.requestMaxLifeSeconds * 1000, maxAheadMs: limits.iatMaxAheadMs },
  });
  if (!verified.ok) {
    const { problem, fault } = problemOfSeal(verified.fault);
    metrics.tokenRefused(token, verified.fault.code, directory);
    const code =
      problem === 'jws-malformed' || problem === 'body-too-large' ? 'authorization-invalid' : problem;
    throw new ProblemError(code, { faults: [fault] });
  }
  const { header, payload } = verified.value;
  const request = validateMessage('request', payload);
  if (!request.ok) throw new ProblemError('authorization-invalid', { faults: request.faults });
  const { exp, htm, htu } = request.value;
  const matches =
    htm === req.method &&
    htu === `${publicOrigin}${req.path}` &&
    exp * 1000 > nowMs &&
    exp - header.iat <= limits.requestMaxLifeSeconds;
  if (!matches) throw new ProblemError('authorization-invalid');
  const sender = directory.participant(header.iss);
  if (sender === undefined) throw new ProblemError('key-unknown');
  const first = await useRequestId(database, { id: header.jti, expiresAtMs: exp * 1000, nowMs });
  if (!first) throw new ProblemError('authorization-replayed');
  return sender;
}
