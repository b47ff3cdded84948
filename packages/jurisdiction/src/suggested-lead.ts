import type { RoutingPolicy } from '@liaison/contracts';
import { compareCandidates } from './candidate.ts';
import type { ConcernedState } from './concerned-states.ts';
import type { Criminal, Signal, SignalRole } from './signal.ts';

type SuggestedLead = Criminal['suggestedLead'];
type LeadRole = RoutingPolicy['leadOrder'][number];

const ruleOf: Readonly<Record<LeadRole, string>> = {
  offence: 'leadByOffence',
  reportedUser: 'leadByReportedUser',
  victim: 'leadByVictim',
};

/** The latest time at which a counted signal of this role was seen in this state; 0 where none tells. */
function freshest(state: ConcernedState, role: SignalRole, signals: readonly Signal[]): number {
  const times = signals
    .filter((signal) => signal.counted && signal.competentState === state.country && signal.role === role)
    .map(({ observedAt }) => (observedAt === undefined ? 0 : Date.parse(observedAt)));
  return Math.max(0, ...times);
}

/** First in certainty, then in freshness of what was seen, then in the alphabet. */
function chooseBest(
  states: readonly ConcernedState[],
  role: SignalRole,
  signals: readonly Signal[],
): ConcernedState | undefined {
  return states
    .filter((state) => state.roles.includes(role))
    .toSorted((one, other) => {
      if (one.certainty !== other.certainty) return compareCandidates(one, other);
      const byFreshness = freshest(other, role, signals) - freshest(one, role, signals);
      return byFreshness === 0 ? compareCandidates(one, other) : byFreshness;
    })
    .at(0);
}

/**
 * Suggests which concerned state might lead. It binds nobody: the law knows no lead. Where urgency is claimed, the state of
 * the person appearing to be victim comes first, for that is where somebody can be helped.
 */
export function suggestLead(
  concerned: readonly ConcernedState[],
  signals: readonly Signal[],
  options: { readonly leadOrder: readonly LeadRole[]; readonly isUrgencyClaimed: boolean },
): SuggestedLead {
  const [only, ...others] = concerned;
  if (only === undefined) return { country: null, rule: 'noStateConcerned' };
  if (others.length === 0) return { country: only.country, rule: 'onlyState' };
  const order: readonly LeadRole[] = options.isUrgencyClaimed
    ? ['victim', ...options.leadOrder.filter((role) => role !== 'victim')]
    : options.leadOrder;
  for (const role of order) {
    const best = chooseBest(concerned, role, signals);
    if (best !== undefined) return { country: best.country, rule: ruleOf[role] };
  }
  const best = chooseBest(concerned, 'otherPerson', signals);
  if (best !== undefined) return { country: best.country, rule: 'leadByOtherPerson' };
  return { country: null, rule: 'leadOfPriorReferral' };
}
