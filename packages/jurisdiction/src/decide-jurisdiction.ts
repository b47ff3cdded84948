import type { Certainty, Decision } from '@liaison/contracts';
import { judgeAttributability } from './attributability.ts';
import { compareCandidates, findCandidates, type Candidates } from './candidate.ts';
import { reachesMinimum } from './concerned-states.ts';
import { decideOutcome, type CriminalOutcome } from './criminal-outcome.ts';
import type { DecisionInput } from './decision-input.ts';
import { decideEuropolCopy } from './europol-copy.ts';
import { limitSignals } from './limit-signals.ts';
import { decideRegulatory } from './regulatory-jurisdiction.ts';
import type { Criminal } from './signal.ts';
import { suggestLead } from './suggested-lead.ts';
import { viewUrgency } from './urgency-view.ts';
import { weighSignals } from './weigh-signals.ts';

/** Of the best concerned state; of the best guess, third countries included, where none is concerned. */
function overallCertainty(outcome: CriminalOutcome, candidates: Candidates): Certainty {
  if (outcome.outcome === 'manifestlyUnfounded') return 'none';
  const [best] = outcome.concerned;
  if (best !== undefined) return best.certainty;
  const guesses = [...candidates.states, ...candidates.thirdCountries].toSorted(compareCandidates);
  return guesses[0]?.certainty ?? 'none';
}

function decideCriminal(input: DecisionInput): Criminal {
  const { referral, policy } = input;
  const signals = weighSignals(input);
  const candidates = findCandidates(signals);
  const outcome = decideOutcome(signals, candidates, input);
  return {
    outcome: outcome.outcome,
    rule: outcome.rule,
    reasons: outcome.reasons,
    certainty: overallCertainty(outcome, candidates),
    attributability: judgeAttributability(input),
    concerned: outcome.concerned,
    suggestedLead: suggestLead(outcome.concerned, signals, {
      leadOrder: policy.leadOrder,
      isUrgencyClaimed: referral.urgency.claimed,
    }),
    europol: decideEuropolCopy(outcome.outcome, policy),
    thirdCountries: candidates.thirdCountries
      .filter(({ certainty }) => reachesMinimum(certainty, policy))
      .map(({ country }) => country),
    signals: limitSignals(signals),
  };
}

function asksForAddresses({ referral }: DecisionInput): boolean {
  const { networkEvents, urls } = referral;
  return networkEvents !== undefined || (urls ?? []).some(({ ipAddress }) => ipAddress !== undefined);
}

/**
 * Decides whom a referral concerns, and explains it in codes: the criminal question (Article 48(3) of COM(2022) 209, read
 * with Article 18(2) of Regulation (EU) 2022/2065 and Article 17 of Directive 2011/93/EU) and the regulatory one (Article
 * 33). Deterministic; it knows nothing of who can be reached.
 * @param input a referral that has passed every check at intake, and a policy that follows its schema.
 * @returns a decision that follows `decision.v1`.
 */
export function decideJurisdiction(input: DecisionInput): Decision {
  const { dataSets } = input.countryFacts;
  return {
    version: input.version,
    decidedAt: input.decidedAt,
    criminal: decideCriminal(input),
    regulatory: decideRegulatory(input),
    urgency: viewUrgency(input.referral, input.policy),
    data: {
      addressCountries: asksForAddresses(input)
        ? dataSets.map(({ name, builtAt }) => ({ name, builtAt }))
        : [],
    },
  };
}
