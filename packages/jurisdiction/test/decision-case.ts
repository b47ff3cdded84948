import { readFileSync, readdirSync } from 'node:fs';
import {
  checkReferralRules,
  validateMessage,
  type Country,
  type Decision,
  type MemberState,
  type ParticipantKind,
  type Referral,
  type RoutingPolicy,
} from '@liaison/contracts';
import type { AddressFact, CountryFacts, DecisionInput } from '../src/decision-input.ts';

/** A labelled case: parts of a referral over a base, what the data sets say, and what is decided. */
export interface DecisionCase {
  readonly what: string;
  /** Members of the referral; null takes one out of the base. */
  readonly referral: Readonly<Record<string, unknown>>;
  /** First and second opinion by address. */
  readonly facts?: Readonly<Record<string, readonly [Country | null, Country | null]>>;
  readonly policy?: Partial<RoutingPolicy>;
  readonly sender?: Partial<DecisionInput['sender']>;
  readonly prior?: { readonly states: readonly MemberState[] };
  readonly expect: Readonly<Record<string, unknown>>;
}

const acceptedAt = '2026-11-22T10:00:00.000Z';

const dataSets = [{ name: 'documentation-overlay', builtAt: '2026-11-01T00:00:00.000Z' }];

const base: Readonly<Record<string, unknown>> = {
  schemaVersion: '1.0',
  referralKind: 'providerReport',
  providerReference: 'case-1',
  issuedAt: '2026-11-20T09:15:00+01:00',
  legalBasis: { instrument: 'voluntary' },
  reporter: { participantId: 'example-chat' },
  service: { types: ['interpersonalCommunications'] },
  abuseTypes: ['knownMaterial'],
  urgency: { claimed: false },
  awareness: { manner: 'ownMotion', humanReview: 'none' },
  items: [{ itemId: 'i1', mediaType: 'image', evidenceReference: 'ev-1' }],
};

/** What a hotline's referral has otherwise. */
const hotlineBase: Readonly<Record<string, unknown>> = {
  ...base,
  referralKind: 'hotlineReferral',
  legalBasis: { instrument: 'hotlineMandate' },
  reporter: { participantId: 'example-hotline' },
  service: null,
  abuseTypes: ['notDetermined'],
  items: null,
};

/** The policy that the installation ships with. */
export function readDefaultPolicy(): RoutingPolicy {
  const path = new URL('../../../infra/policy/routing-policy.json', import.meta.url);
  const validation = validateMessage('routing-policy', JSON.parse(readFileSync(path, 'utf8')));
  if (!validation.ok) throw new Error(JSON.stringify(validation.faults));
  return validation.value;
}

/** All labelled cases, by file name. */
export function readDecisionCases(): readonly (readonly [string, DecisionCase])[] {
  const folder = new URL('../fixtures/', import.meta.url);
  return readdirSync(folder).map((file) => [
    file,
    JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as DecisionCase,
  ]);
}

/** Country data made of a table: documentation addresses stand in for those of people. */
function overlayOf(facts: DecisionCase['facts']): CountryFacts {
  const unknown: AddressFact = { country: null, secondOpinion: null };
  return {
    dataSets,
    lookUpAddress: (ipAddress) => {
      const fact = facts?.[ipAddress];
      return fact === undefined ? unknown : { country: fact[0], secondOpinion: fact[1] };
    },
  };
}

/** A referral that every check at intake accepts; an error says why not. */
function buildReferral(parts: DecisionCase['referral'], kind: ParticipantKind = 'provider'): Referral {
  const members = { ...(kind === 'hotline' ? hotlineBase : base), ...parts };
  const present = Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null));
  const validation = validateMessage('referral', present);
  if (!validation.ok) throw new Error(JSON.stringify(validation.faults));
  const faults = checkReferralRules(validation.value, { nowMs: Date.parse(acceptedAt) });
  if (faults.length > 0) throw new Error(JSON.stringify(faults));
  return validation.value;
}

/** The input of a case. */
export function buildInput(decisionCase: Omit<DecisionCase, 'what' | 'expect'>): DecisionInput {
  const { referral, facts, policy, sender, prior } = decisionCase;
  return {
    referral: buildReferral(referral, sender?.kind),
    policy: { ...readDefaultPolicy(), ...policy },
    countryFacts: overlayOf(facts),
    sender: { kind: 'provider', establishment: 'IE', legalRepresentative: null, ...sender },
    prior: prior ?? null,
    acceptedAt,
    decidedAt: '2026-11-22T10:00:01.000Z',
    version: 1,
  };
}

function listOf(values: readonly string[]): string {
  return values.length === 0 ? '-' : values.join(',');
}

/** Writes a decision in one line each, as the cases have it; `-` stands for none. */
export function describeDecision({ criminal, regulatory, urgency }: Decision): Record<string, unknown> {
  const { suggestedLead: lead, europol, attributability } = criminal;
  return {
    outcome: criminal.outcome,
    rule: criminal.rule,
    reasons: criminal.reasons,
    certainty: criminal.certainty,
    concerned: criminal.concerned.map(
      ({ country, certainty, roles, why }) => `${country} ${certainty} ${listOf(roles)} ${listOf(why)}`,
    ),
    lead: `${lead.country ?? '-'} ${lead.rule}`,
    europol: `${europol.addressed ? 'addressed' : '-'} ${europol.rule}`,
    thirdCountries: criminal.thirdCountries,
    attributability: `${attributability.level} ${listOf(attributability.reasons)}`,
    signals: criminal.signals.map((signal) =>
      [
        signal.pointer,
        signal.code,
        signal.role,
        signal.country ?? '-',
        signal.competentState ?? '-',
        signal.strength,
        signal.counted ? 'counted' : '-',
        listOf(signal.reasons),
      ].join(' '),
    ),
    regulatory: `${regulatory.basis} ${listOf(regulatory.authorities)} ${listOf(regulatory.notices.map(({ ground }) => ground))}`,
    urgency: `${urgency.claimed} ${urgency.hub}`,
  };
}
