import {
  limits,
  validateMessage,
  type Decision,
  type MemberState,
  type Referral,
  type RoutingPolicy,
} from '@liaison/contracts';
import type { DirectoryIndex, Participant } from '@liaison/directory';
import type { PreparedEvent } from '@liaison/hub-database';
import { addresseesOf, decideJurisdiction, type CountryFacts } from '@liaison/jurisdiction';
import { readJws } from '@liaison/seal';
import { CodedError, formatUtc } from '@liaison/service';
import { isUrgent, sealDispatch, type SealDeps, type SealedDispatch } from '../dispatch/seal-dispatch.ts';
import type { WaitingReferral } from '../store/referrals.ts';
import { prepareDecisionEvent } from './prepare-decision-event.ts';

/** Everything that a decision comes to, ready to be written. */
export interface DecidedReferral {
  readonly id: string;
  readonly senderId: string;
  readonly state: 'forwarded' | 'manifestlyUnfounded';
  readonly decision: Decision;
  readonly urgent: boolean;
  readonly acceptedAtMs: number;
  readonly decidedAtMs: number;
  readonly dispatches: readonly SealedDispatch[];
  /** Addressees that nobody has enrolled for yet. */
  readonly missing: readonly (MemberState | 'europol')[];
  readonly notices: readonly { readonly memberState: MemberState; readonly ground: string }[];
  /** The event of the decision; what the sender may be told hangs on it. */
  readonly event: PreparedEvent;
  readonly noticeEvents: readonly PreparedEvent[];
}

/** What deciding rests on besides the referral. */
export interface DecideContext {
  readonly policy: RoutingPolicy;
  readonly directory: DirectoryIndex;
  readonly countryFacts: CountryFacts;
  /** To whom the related referral went, by its id. */
  readonly earlierAddressees: ReadonlyMap<string, readonly string[]>;
  readonly checkpoint: string | null;
}

interface ReadReferral {
  readonly referral: Referral;
  readonly digest: string;
}

/** Reads what intake has accepted. @throws CodedError `content-unreadable`: nothing else was ever stored. */
function readReferral(waiting: WaitingReferral): ReadReferral {
  const read = readJws(waiting.jws, { typ: 'referral+jws', maxBytes: limits.referralJwsBytes });
  if (read.ok) {
    const referral = validateMessage('referral', read.value.payload);
    if (referral.ok) return { referral: referral.value, digest: read.value.digest };
  }
  throw new CodedError('content-unreadable', 'A stored referral does not read as what was accepted.');
}

function earlierStates(waiting: WaitingReferral, context: DecideContext): { states: MemberState[] } | null {
  if (waiting.relatedTo === null) return null;
  const addressees = context.earlierAddressees.get(waiting.relatedTo) ?? [];
  const countries = new Set(addressees.map((id) => context.directory.participant(id)?.country));
  const states = context.directory.document.participants.flatMap(({ kind, country }) =>
    kind === 'lawEnforcement' && countries.has(country) ? [country as MemberState] : [],
  );
  return { states: [...new Set(states)].sort() };
}

function senderOf(waiting: WaitingReferral, directory: DirectoryIndex): Participant {
  const sender = directory.participant(waiting.senderId);
  if (sender === undefined)
    throw new CodedError('sender-unknown', 'The sender of an accepted referral is not listed.');
  return sender;
}

/** Assesses and decides one referral, and seals a dispatch for each addressee. Whether one can be reached plays no part. */
export async function decideReferral(
  waiting: WaitingReferral,
  context: DecideContext,
  deps: SealDeps,
): Promise<DecidedReferral> {
  const { policy, directory } = context;
  const { referral, digest } = readReferral(waiting);
  const sender = senderOf(waiting, directory);
  const decidedAtMs = deps.clock.nowMs();
  const decision = decideJurisdiction({
    referral,
    policy,
    countryFacts: context.countryFacts,
    sender: {
      kind: sender.kind,
      establishment: sender.establishment,
      legalRepresentative: sender.legalRepresentative,
    },
    prior: earlierStates(waiting, context),
    acceptedAt: waiting.acceptedAt,
    decidedAt: formatUtc(decidedAtMs),
    version: 1,
  });
  const state = decision.criminal.outcome === 'manifestlyUnfounded' ? 'manifestlyUnfounded' : 'forwarded';
  const event = await prepareDecisionEvent(
    {
      referralId: waiting.id,
      senderId: waiting.senderId,
      payloadDigest: digest,
      decision,
      state,
      policyVersion: policy.policyVersion,
      atMs: decidedAtMs,
      audience: waiting.senderId,
    },
    deps,
  );
  const { addressed, missing } = addresseesOf(decision, directory.document.participants);
  const draft = {
    referralId: waiting.id,
    acceptedAt: waiting.acceptedAt,
    sender: { participantId: sender.id, kind: sender.kind },
    jws: waiting.jws,
    contentKey: waiting.contentKey,
    decision,
    policy,
    checkpoint: context.checkpoint,
  };
  const dispatches: SealedDispatch[] = [];
  for (const { participantId } of addressed) {
    dispatches.push(await sealDispatch(draft, { addresseeId: participantId, sequence: 1 }, deps));
  }
  const notices = decision.regulatory.notices.flatMap(({ ground }) =>
    decision.regulatory.authorities.map((memberState) => ({ memberState, ground })),
  );
  const noticeEvents: PreparedEvent[] = [];
  for (const { memberState, ground } of notices) {
    noticeEvents.push(
      await deps.events.prepare({
        type: 'noticeDecided',
        atMs: decidedAtMs,
        subjectId: waiting.id,
        actorId: deps.hubId,
        facts: {
          kind: ground,
          referralId: waiting.id,
          state: 'decided',
          policyVersion: policy.policyVersion,
        },
        details: { memberState, payloadDigest: digest },
        referralId: waiting.id,
        audience: null,
      }),
    );
  }
  return {
    id: waiting.id,
    senderId: waiting.senderId,
    state,
    decision,
    urgent: isUrgent(decision),
    acceptedAtMs: Date.parse(waiting.acceptedAt),
    decidedAtMs,
    dispatches,
    missing,
    notices,
    event,
    noticeEvents,
  };
}
