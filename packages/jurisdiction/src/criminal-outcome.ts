import type { MemberState } from '@liaison/contracts';
import type { Candidates } from './candidate.ts';
import {
  concernedBySignals,
  reachesMinimum,
  withPriorStates,
  type ConcernedState,
} from './concerned-states.ts';
import type { DecisionInput } from './decision-input.ts';
import { isEmptyOfFacts } from './empty-of-facts.ts';
import type { Criminal, Signal } from './signal.ts';
import { viewUrgency } from './urgency-view.ts';

/** Where a referral goes, by which rule, and why nowhere else. */
export interface CriminalOutcome {
  readonly outcome: Criminal['outcome'];
  readonly rule: string;
  readonly reasons: readonly string[];
  readonly concerned: readonly ConcernedState[];
}

/** Reasons that say why a signal says nothing of a place; named where no signal counted. */
const exclusions: readonly string[] = [
  'addressWithoutCountry',
  'anonymisingNetwork',
  'cdnFronted',
  'dataCentreNetwork',
  'hostingCountryMissing',
  'numberWithoutCountry',
];

function explainEuropolOnly(
  signals: readonly Signal[],
  candidates: Candidates,
  input: DecisionInput,
): readonly string[] {
  if (signals.length === 0) return ['noSignals'];
  if (candidates.states.length === 0 && candidates.thirdCountries.length === 0) {
    const excluded = exclusions.filter((code) => signals.some(({ reasons }) => reasons.includes(code)));
    return ['noSignalCounted', ...excluded];
  }
  if (candidates.states.length === 0) return ['thirdCountryOnly'];
  const namesThirdCountry = candidates.thirdCountries.some(({ certainty }) =>
    reachesMinimum(certainty, input.policy),
  );
  return namesThirdCountry ? ['certaintyTooLow', 'thirdCountryLikely'] : ['certaintyTooLow'];
}

/** An urgent referral is never unfounded, nor one that says something of an earlier one (Article 48(2)). */
function isManifestlyUnfounded({ referral, policy }: DecisionInput): boolean {
  const { claimed, hub } = viewUrgency(referral, policy);
  const isUrgent = claimed || hub === true;
  return (
    policy.manifestlyUnfounded.includes('emptyOfFacts') &&
    !isUrgent &&
    referral.relation === undefined &&
    isEmptyOfFacts(referral)
  );
}

function followPrior(priorStates: readonly MemberState[], input: DecisionInput): CriminalOutcome {
  const concerned = withPriorStates([], priorStates, input.policy);
  const isEuropolOnly = concerned.length === 0;
  return {
    outcome: isEuropolOnly ? 'europolOnly' : 'memberStates',
    rule: 'withdrawalFollowsPrior',
    reasons: isEuropolOnly ? ['priorWentNowhere'] : [],
    concerned,
  };
}

/**
 * Decides where a referral goes (Article 48(1) to (3) of COM(2022) 209): not at all where it is manifestly unfounded; to
 * the Member States likely to have jurisdiction; to Europol alone where none is certain enough. The establishment of the
 * provider plays no part: that fallback belongs to Article 18(2) of Regulation (EU) 2022/2065, not to Article 48(3).
 */
export function decideOutcome(
  signals: readonly Signal[],
  candidates: Candidates,
  input: DecisionInput,
): CriminalOutcome {
  const { referral, policy, prior } = input;
  const priorStates = referral.relation === undefined ? [] : (prior?.states ?? []);
  if (referral.relation?.type === 'withdrawal') return followPrior(priorStates, input);
  if (isManifestlyUnfounded(input)) {
    return { outcome: 'manifestlyUnfounded', rule: 'emptyOfFacts', reasons: ['emptyOfFacts'], concerned: [] };
  }
  const bySignals = concernedBySignals(candidates.states, policy);
  const concerned = withPriorStates(bySignals, priorStates, policy);
  if (concerned.length > 0) {
    const rule = bySignals.length > 0 ? 'statesLikelyCompetent' : 'relationFollowsPrior';
    return { outcome: 'memberStates', rule, reasons: [], concerned };
  }
  const reasons = explainEuropolOnly(signals, candidates, input);
  return { outcome: 'europolOnly', rule: 'noStateCertainEnough', reasons, concerned: [] };
}
