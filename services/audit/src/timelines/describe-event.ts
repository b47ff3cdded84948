import type { AuditApi } from '@liaison/contracts';
import { decodeLeaf, encodeBase64Url, hashLeaf, openCommitment } from '@liaison/ledger';
import type { Log } from '@liaison/service';
import { sha256 } from '../log-key/sha256.ts';
import type { FoundEvent } from '../store/events.ts';

type ContractEvent = AuditApi['schemas']['TimelineEvent'];

/** An event as a timeline shows it. The generated type knows no members of `facts` and `details`. */
export type TimelineEvent = Omit<ContractEvent, 'facts' | 'details'> & {
  readonly facts: object;
  readonly details: object | null;
};

/** Details are shown only where they are what was committed to; anything else would be hearsay. */
async function openDetails(
  { eventId, salt, details }: FoundEvent,
  { commitment, log }: { readonly commitment: string; readonly log: Log },
): Promise<object | null> {
  if (salt === null || details === null) return null;
  const opened = await openCommitment({ commitment, salt, details, digest: sha256 });
  if (opened.ok) return opened.details;
  log.error('opening-wrong', { eventId, code: opened.code });
  return null;
}

/** Describes a stored event; undefined, and an error in the log, where its leaf cannot be read. */
export async function describeEvent(event: FoundEvent, log: Log): Promise<TimelineEvent | undefined> {
  const { eventId, position, leaf } = event;
  const decoded = decodeLeaf(leaf);
  if (!decoded.ok) {
    log.error('leaf-unreadable', { eventId, code: decoded.code });
    return undefined;
  }
  const { type, at, actorId, subjectId, facts, commitment } = decoded.event;
  return {
    eventId: decoded.event.eventId,
    type,
    at,
    actorId,
    subjectId,
    facts,
    position,
    leafHash: encodeBase64Url(hashLeaf(leaf, sha256)),
    details: await openDetails(event, { commitment, log }),
  };
}
