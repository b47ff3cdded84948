import { createHash } from 'node:crypto';
import type { Decision } from '@liaison/contracts';
import type { EventMaker, PreparedEvent } from '@liaison/hub-database';
import { canonicaliseDetails } from '@liaison/ledger';

/** A decision that was made. */
export interface MadeDecision {
  readonly referralId: string;
  readonly senderId: string;
  readonly payloadDigest: string;
  readonly decision: Decision;
  /** What the referral's state is after it. */
  readonly state: string;
  readonly policyVersion: string;
  readonly atMs: number;
  /** The sender, where it is told; null where a decision changes nothing that it may see. */
  readonly audience: string | null;
}

/** Prepares the ledger event of a decision; the digest of the whole decision is committed to. */
export async function prepareDecisionEvent(
  made: MadeDecision,
  deps: { readonly events: EventMaker; readonly hubId: string },
): Promise<PreparedEvent> {
  const { decision, referralId, payloadDigest } = made;
  const { criminal, version } = decision;
  const digest = createHash('sha256').update(canonicaliseDetails(decision)).digest('base64url');
  return deps.events.prepare({
    type: 'referralDecided',
    atMs: made.atMs,
    subjectId: referralId,
    actorId: deps.hubId,
    facts: {
      kind: criminal.outcome,
      sender: made.senderId,
      referralId,
      state: made.state,
      codes: [...new Set([criminal.rule, ...criminal.reasons])].slice(0, 20),
      policyVersion: made.policyVersion,
    },
    details: { decisionDigest: `sha-256:${digest}`, payloadDigest, version },
    referralId,
    audience: made.audience,
  });
}
