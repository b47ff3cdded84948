import { createHash } from 'node:crypto';
import { limits, type Directory } from '@liaison/contracts';
import { signDirectory, type DirectoryHolder, type DirectoryIndex } from '@liaison/directory';
import { hubChannels } from '@liaison/hub-database';
import type { Database, Queryable } from '@liaison/postgres';
import type { SigningKey } from '@liaison/seal';
import { CodedError, formatUtc, type Clock, type Log, type NewId } from '@liaison/service';
import { readParticipants } from '../store/participants.ts';

/** What issuing needs. */
export interface IssueDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
  readonly directoryKey: SigningKey;
  readonly holder: DirectoryHolder;
  readonly instance: string;
  readonly hubId: string;
  readonly ledger: Directory['log'];
}

interface LastIssue {
  readonly sequence: number;
  readonly jws: string;
  readonly content_digest: string;
  readonly issued_at: string;
}

/** Any number: only issuers of one installation meet here. */
const issuerLock = 7_410_001;
const keptIssues = 100;

/** A hair before the minute, so that a poll of a minute never waits for two. */
const freshMs = limits.directoryReissueMs - 5_000;

async function readLast(tx: Queryable): Promise<LastIssue | undefined> {
  const { rows } = await tx.query<LastIssue>(
    'select sequence, jws, content_digest, issued_at from hub.directory_issue order by sequence desc limit 1',
  );
  return rows[0];
}

/** One that a clock far ahead has issued holds for nobody until that time has come: it is replaced at once. */
function isFresh({ issued_at: issuedAt }: LastIssue, nowMs: number): boolean {
  const ageMs = nowMs - Date.parse(issuedAt);
  return ageMs < freshMs && ageMs > -limits.iatMaxAgeMs;
}

type Content = Pick<Directory, 'schemaVersion' | 'instance' | 'hub' | 'participants' | 'log'>;

async function writeIssue(
  tx: Queryable,
  issue: { readonly content: Content; readonly digest: string; readonly sequence: number },
  deps: IssueDeps,
): Promise<string> {
  const nowMs = deps.clock.nowMs();
  const issuedAt = formatUtc(nowMs);
  const expiresAt = formatUtc(nowMs + limits.directoryLifeMs);
  const jws = await signDirectory(
    { ...issue.content, sequence: issue.sequence, issuedAt, expiresAt },
    deps.directoryKey,
    { id: deps.newId(), issuedAtMs: nowMs },
  );
  await tx.query(
    `insert into hub.directory_issue (sequence, jws, content_digest, issued_at, expires_at) values ($1, $2, $3, $4, $5)`,
    [issue.sequence, jws, issue.digest, issuedAt, expiresAt],
  );
  await tx.query('delete from hub.directory_issue where sequence <= $1', [issue.sequence - keptIssues]);
  await tx.query('select pg_notify($1, $2)', [hubChannels.issued, '']);
  return jws;
}

/**
 * Issues the directory anew when a minute has passed or somebody has changed, and holds it. Several routers may do so:
 * one at a time, and who comes second takes what the first issued.
 * @throws CodedError `directory-unverifiable` when our own key is not among the anchors.
 */
export async function issueDirectory(deps: IssueDeps): Promise<DirectoryIndex> {
  const jws = await deps.database.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock($1)', [issuerLock]);
    const content: Content = {
      schemaVersion: '1.0',
      instance: deps.instance,
      hub: deps.hubId,
      participants: await readParticipants(tx),
      log: deps.ledger,
    };
    const digest = createHash('sha256').update(JSON.stringify(content)).digest('base64url');
    const last = await readLast(tx);
    if (last?.content_digest === digest && isFresh(last, deps.clock.nowMs())) return last.jws;
    return writeIssue(tx, { content, digest, sequence: (last?.sequence ?? 0) + 1 }, deps);
  });
  const offer = await deps.holder.offer(jws);
  if (offer.kind !== 'taken') {
    throw new CodedError('directory-unverifiable', 'The directory does not verify against the anchors.');
  }
  return offer.directory;
}
