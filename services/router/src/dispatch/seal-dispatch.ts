import {
  audienceOf,
  type Decision,
  type Dispatch,
  type ParticipantKind,
  type RoutingPolicy,
} from '@liaison/contracts';
import type { ContentCipher, EventMaker, PreparedEvent } from '@liaison/hub-database';
import { signMessage, type SigningKey } from '@liaison/seal';
import type { Clock, NewId } from '@liaison/service';

/** What sealing needs. */
export interface SealDeps {
  readonly clock: Clock;
  readonly newId: NewId;
  readonly events: EventMaker;
  readonly cipher: ContentCipher;
  readonly dispatchKey: SigningKey;
  readonly instance: string;
  readonly hubId: string;
}

/** What is to be dispatched, and why. */
export interface DispatchDraft {
  readonly referralId: string;
  readonly acceptedAt: string;
  readonly sender: { readonly participantId: string; readonly kind: ParticipantKind };
  /** The sender's JWS, untouched. */
  readonly jws: string;
  readonly contentKey: Uint8Array;
  readonly decision: Decision;
  readonly policy: RoutingPolicy;
  readonly checkpoint: string | null;
}

/** A dispatch signed once; its bytes are stored encrypted, and every send reuses them. */
export interface SealedDispatch {
  readonly id: string;
  readonly referralId: string;
  readonly addresseeId: string;
  readonly decisionVersion: number;
  readonly kind: Dispatch['kind'];
  readonly schemaVersion: Dispatch['schemaVersion'];
  readonly sequence: number;
  readonly digest: string;
  readonly urgent: boolean;
  readonly sealed: Uint8Array;
  readonly sealedAtMs: number;
  readonly event: PreparedEvent;
}

/** The hub's default: nothing restricted, source and information not evaluated. Only authorities change it. */
const hubHandling: Dispatch['handling'] = {
  handlingCode: 'H0',
  sourceEvaluation: 'X',
  informationEvaluation: '4',
};

/** Urgent is what the sender claims to be, and what the hub finds to be. */
export function isUrgent({ urgency }: Decision): boolean {
  return urgency.claimed || urgency.hub === true;
}

/** Signs and encrypts one dispatch, and prepares its ledger event. */
export async function sealDispatch(
  draft: DispatchDraft,
  to: { readonly addresseeId: string; readonly sequence: number },
  deps: SealDeps,
): Promise<SealedDispatch> {
  const { decision, policy, referralId } = draft;
  const id = deps.newId();
  const sealedAtMs = deps.clock.nowMs();
  const payload: Dispatch = {
    schemaVersion: '1.0',
    kind: 'referral',
    inReplyTo: null,
    referralId,
    sequence: to.sequence,
    handling: hubHandling,
    policyVersion: policy.policyVersion,
    acceptedAt: draft.acceptedAt,
    sender: draft.sender,
    urgency: decision.urgency,
    decision,
    referral: draft.jws,
    checkpoint: draft.checkpoint,
  };
  const { jws, digest } = await signMessage(
    {
      typ: 'dispatch+jws',
      issuer: deps.hubId,
      audience: audienceOf(deps.instance, to.addresseeId),
      id,
      issuedAtMs: sealedAtMs,
      payload,
    },
    deps.dispatchKey,
  );
  const event = await deps.events.prepare({
    type: 'dispatchSealed',
    atMs: sealedAtMs,
    subjectId: id,
    actorId: deps.hubId,
    facts: {
      kind: payload.kind,
      sender: deps.hubId,
      addressee: to.addresseeId,
      referralId,
      state: 'sealed',
      policyVersion: policy.policyVersion,
    },
    details: { payloadDigest: digest, sequence: to.sequence },
    referralId,
    audience: null,
  });
  return {
    id,
    referralId,
    addresseeId: to.addresseeId,
    decisionVersion: decision.version,
    kind: payload.kind,
    schemaVersion: payload.schemaVersion,
    sequence: to.sequence,
    digest,
    urgent: isUrgent(decision),
    sealed: deps.cipher.seal(draft.contentKey, id, jws),
    sealedAtMs,
    event,
  };
}
