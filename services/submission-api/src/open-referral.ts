import {
  audienceOf,
  checkReferralRules,
  limits,
  validateMessage,
  type Fault,
  type ProblemCode,
  type Referral,
} from '@liaison/contracts';
import { chooseKeyFrom, type DirectoryIndex, type Participant } from '@liaison/directory';
import type { Guard } from '@liaison/guard';
import { verifyMessage, type ReadJws } from '@liaison/seal';
import { problemOfSeal } from './problem-of-seal.ts';

/** A referral whose signature, schema and content have been checked. */
export interface OpenedReferral {
  readonly referral: Referral;
  readonly jws: string;
  readonly digest: string;
  readonly kid: string;
  readonly sender: Participant;
}

/** Why a submission is refused; `sender` only once the signature has been verified. */
export interface Refusal {
  readonly problem: ProblemCode;
  readonly faults: readonly Fault[];
  readonly sender: Participant | null;
  readonly urgent: boolean;
}

export type Opening =
  | { readonly kind: 'opened'; readonly opened: OpenedReferral }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** A submission whose sender is known, not yet looked into. */
export interface VerifiedSubmission {
  readonly read: ReadJws;
  readonly sender: Participant;
  /** As claimed, even where the rest of the payload is wrong: an urgent one is never held up by a quota. */
  readonly urgent: boolean;
}

export type Verification =
  | { readonly kind: 'verified'; readonly submission: VerifiedSubmission }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

function claimsUrgency(payload: unknown): boolean {
  const urgency = (payload as { urgency?: unknown } | null)?.urgency;
  return (
    typeof urgency === 'object' && urgency !== null && (urgency as { claimed?: unknown }).claimed === true
  );
}

function refuse(
  problem: ProblemCode,
  faults: readonly Fault[],
  submission?: VerifiedSubmission,
): { kind: 'refused'; refusal: Refusal } {
  return {
    kind: 'refused',
    refusal: { problem, faults, sender: submission?.sender ?? null, urgent: submission?.urgent ?? false },
  };
}

/** Size, gate, key, signature, audience and clock, in this order. */
export async function verifySubmission(
  text: string | Uint8Array,
  context: { readonly directory: DirectoryIndex; readonly nowMs: number },
): Promise<Verification> {
  const { directory, nowMs } = context;
  const { hub, instance } = directory.document;
  const verified = await verifyMessage(text, {
    typ: 'referral+jws',
    maxBytes: limits.referralJwsBytes,
    maxPayloadBytes: limits.referralPayloadBytes,
    audience: audienceOf(instance, hub),
    chooseKey: chooseKeyFrom(directory, { rule: 'now', nowMs }),
    clock: { nowMs, maxAgeMs: limits.iatMaxAgeMs, maxAheadMs: limits.iatMaxAheadMs },
  });
  if (!verified.ok) {
    const { problem, fault } = problemOfSeal(verified.fault);
    return refuse(problem, [fault]);
  }
  const sender = directory.participant(verified.value.header.iss);
  if (sender === undefined) return refuse('key-unknown', []);
  const urgent = claimsUrgency(verified.value.payload);
  return { kind: 'verified', submission: { read: verified.value, sender, urgent } };
}

/** Schema with all its faults, what the schema cannot say, then the guard. */
export function inspectSubmission(
  submission: VerifiedSubmission,
  context: { readonly guard: Guard; readonly nowMs: number },
): Opening {
  const { read, sender } = submission;
  const validated = validateMessage('referral', read.payload);
  if (!validated.ok) return refuse('schema-invalid', validated.faults, submission);
  const referral = validated.value;
  const broken = checkReferralRules(referral, {
    nowMs: context.nowMs,
    signer: { participantId: sender.id, kind: sender.kind },
  });
  if (broken.length > 0) return refuse('schema-invalid', broken, submission);
  const smuggled = context.guard.inspectReferral(referral);
  if (smuggled.length > 0) return refuse('guard-refused', smuggled, submission);
  return {
    kind: 'opened',
    opened: { referral, jws: read.jws, digest: read.digest, kid: read.header.kid, sender },
  };
}
